/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells by which a kernel's own stm32_rproc and stm32-ipcc hear a peer that is running when
 * they attach to it (drivers/remoteproc/stm32_rproc.c, drivers/mailbox/stm32-ipcc.c). Registers
 * that on an STM32MP1 are a device's (RM0436: IPCC, and of RCC, SYSCFG and TAMP what concerns its
 * second core) are words in a page of RAM: Linux's drivers find them by the device tree alone.
 *
 * DOORBELL_IPCC, which only Linux hears:
 *	cell 0	the first of three SPIs: enum ipcc_line
 *	cell 1	address of the page
 * Nothing wakes the peer: it polls ipcc_rung() (doorbell/core/ipcc.h).
 */
#ifndef DOORBELL_IPCC_H
#define DOORBELL_IPCC_H

#include <stdint.h>

enum ipcc_line {      /* behind the first SPI */
	IPCC_MESSAGE, /* the peer has used a ring */
	IPCC_TAKEN,   /* it has seen that Linux has */
	IPCC_CRASH,   /* its watchdog: it will not go on */
	IPCC_LINES
};

/* What the page has, by offset. Linux writes where nothing else is said. */
#define IPCC_PAGE      4096
#define STM32_RESET    0x000 /* bit 0: Linux has stopped the peer, which may start anew */
#define STM32_HOLDBOOT 0x004 /* bit 0: it has let go of it; 0 while attached */
#define STM32_TZ       0x008 /* the loader's: 1, that is told the monitor instead, by an SMC */
#define STM32_STATE    0x00c /* loader and peer say STM32_CRUN, Linux 0 as it stops the peer */
#define STM32_TABLE    0x010 /* the loader's: where the resource table is */
#define STM32_SIZE     0x014
#define STM32_CRUN     2
/* Linux is the IPCC's processor 1. */
#define IPCC_BASE	  0x400
#define IPCC_SIZE	  0x400
#define IPCC_C1MR	  0x404 /* bits 16, 17 clear: a message of that channel is not taken yet */
#define IPCC_C2TOC1SR	  0x41c /* the loader's: the peer's channels are never free */
#define IPCC_HWCFGR	  0x7f0 /* the loader's: how many channels */
#define IPCC_VERR	  0x7f4 /* the loader's: 1.0 */
#define IPCC_CHANNELS	  2	/* one a vring */
#define IPCC_CHANNEL_MASK 3

#define IPCC_REACH     0xfffff000u /* of addresses in its nodes: Linux wants windows to be even */
#define IPCC_TABLE_MAX 1024	   /* bytes that the driver maps, and writes back as it detaches */

#endif
