/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells by a channel of the DMA controller in a Versal's low power domain: whoever rings has
 * it copy a word from itself to itself, and the channel's interrupt says that this is done. Its
 * inter-processor interrupts (IPI) are what such a part has for this, but QEMU has none; a kind for
 * them would be another file, and takes this one's place in silicon. For loader, host command,
 * images and Linux module alike.
 *
 * DOORBELL_ADMA, which only Linux hears:
 *	cell 0	the SPI of the channel, a level: ADMA_SPI on
 *	cell 1	address of the channel's registers
 * Linux takes it back at the channel. Nothing else uses the channel: the manifest gives its node in
 * the device tree to a peer (`devices`).
 *
 * Channels: AMD AM011, "Interrupts" and "Address Map". Registers: AMD AM012, LPD_DMA; by other
 * names in Linux's drivers/dma/xilinx/zynqmp_dma.c.
 */
#ifndef DOORBELL_ADMA_H
#define DOORBELL_ADMA_H

#define ADMA_SPI      60 /* of channel 0 */
#define ADMA_CHANNELS 8
#define ADMA_BASE     0xffa80000u
#define ADMA_STEP     0x10000u /* from one channel's registers to the next one's */

/* For people, whose link has another one: channel 0 to the last. */
#define ADMA_WANTED "they ring Linux by <4 60> to <4 67>, and hear nothing"

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
