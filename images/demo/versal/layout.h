/* SPDX-License-Identifier: BSD-2-Clause */
/* What the demo has to know of the board that it is made for; memory is divided by memory_map.h. */
#include "boot/board/versal/memory_map.h"

#define DEMO_BOOTARGS "console=ttyAMA0 panic=-1"
/* Peers run on the R5s, which poll. */
#define PEER_CLUSTER "rpu"
/*
 * SPIs of DMA channels, by which Linux hears its peers (doorbell/adma.h). Tests have three links
 * with each, b's from the first on.
 */
#define DEMO_SPI_B	    60
#define DEMO_SPI_C	    63
#define TEST_SPI_C	    63
#define DEMO_DOORBELLS(spi) <DOORBELL_ADMA spi>, <DOORBELL_NONE 0>
#define TO_LINUX	    "DOORBELL_ADMA"
/* The channels are the peers' alone: in the demo the first ones, in tests all. */
#define DEMO_DEVICE_B "/dma@ffa80000"
#define DEMO_DEVICE_C "/dma@ffab0000"
#define DEVICES_B     "/dma@ffa80000 /dma@ffa90000 /dma@ffaa0000"
#define DEVICES_C     "/dma@ffab0000 /dma@ffac0000 /dma@ffad0000"
/* The doorbells of links that are told of by constants (images/echo/static). */
#define STATIC_TO_LINUX(n)                                                 \
	{                                                                  \
		DOORBELL_ADMA,                                             \
		{                                                          \
			DEMO_SPI_B + (n), PEER_DEVICE_BASE + (n)*ADMA_STEP \
		}                                                          \
	}
#define STATIC_TO_PEER(cores)  \
	{                      \
		DOORBELL_NONE, \
		{              \
			0, 0   \
		}              \
	}
