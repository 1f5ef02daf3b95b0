/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells by a channel of the DMA controller in a Versal's low power domain: whoever rings has
 * it copy a word from itself to itself, and the channel's interrupt says that this is done. Its
 * inter-processor interrupts (IPI) are what such a part has for this, but QEMU has none; a kind for
 * them would be another file, and takes this one's place in silicon. For loader, host command,
 * images and Linux module alike.
 *
 * DOORBELL_ADMA, which only Linux hears:
 *	cell 0	the SPI of the channel, a level
 *	cell 1	address of the channel's registers
 * Linux takes it back at the channel. Nothing else uses the channel: the manifest gives its node in
 * the device tree to a peer (`devices`).
 *
 * Which channels there are, the board says: AMD AM011, "Interrupts" and "Address Map". Registers:
 * AMD AM012, LPD_DMA; by other names in Linux's drivers/dma/xilinx/zynqmp_dma.c.
 */
#ifndef DOORBELL_ADMA_H
#define DOORBELL_ADMA_H

#include <stdint.h>

struct adma_channels { /* that a board has: their SPIs are one behind the other */
	uint32_t spi;  /* of the first */
	uint32_t count;
	uint32_t base; /* of its registers */
	uint32_t step; /* from these to the next channel's */
};

/* Of a channel's registers, by offset. */
#define ADMA_SIZE	 0x1000
#define ADMA_ISR	 0x100 /* interrupt status: a one written takes it back */
#define ADMA_IEN	 0x108 /* a one written lets an interrupt through */
#define ADMA_DONE	 (1u << 10)
#define ADMA_STATUS	 0x11c
#define ADMA_STATE	 3u /* of it: */
#define ADMA_BUSY	 2u
#define ADMA_SOURCE	 0x128 /* address, its upper half, size in bytes, control */
#define ADMA_DESTINATION 0x138
#define ADMA_CTRL2	 0x200
#define ADMA_ENABLE	 (1u << 0)

#endif
