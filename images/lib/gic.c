/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells on a GICv2 (ARM IHI 0048B) that Linux owns. Only banked registers are set up, never
 * the distributor's own: Linux's driver redirects and disables every SPI when it starts, but this
 * core's SGIs are out of its reach.
 */
#include <stdint.h>

#include "images/lib/doorbell.h"
#include "images/lib/timer.h"

#include BOARD_MEMORY_MAP

#define GICD(offset) (*(volatile uint32_t *)(GICD_BASE + (offset)))
#define GICC(offset) (*(volatile uint32_t *)(GICC_BASE + (offset)))

#define GICD_ISENABLER 0x100 /* word 0 is banked: SGIs and PPIs */
#define GICD_ICENABLER 0x180
#define GICD_ISPENDR   0x200
#define GICD_SGIR      0xf00
#define GICC_CTLR      0x000
#define GICC_PMR       0x004
#define GICC_IAR       0x00c
#define GICC_EOIR      0x010

#define SGIS	     0x0000ffffu
#define PPIS	     0xffff0000u
#define TIMER	     (1u << 27) /* the virtual timer's PPI */
#define SPI_FIRST    32
#define SPIS	     988
#define IAR_ID	     0x3ffu
#define IAR_SPURIOUS 1020 /* and above */

void doorbell_start(void)
{
	timer_stop();
	GICD(GICD_ICENABLER) = PPIS;
	GICD(GICD_ISENABLER) = SGIS | TIMER;
	GICC(GICC_PMR) = 0xff;
	GICC(GICC_CTLR) = 1;
	doorbell_clear();
}

void doorbell_ring(const struct link_doorbell *d)
{
	uint32_t id = d->number + SPI_FIRST;

	__asm__ volatile("dsb" ::: "memory"); /* the rings, then the bell */
	switch (d->type) {
	case LINK_DOORBELL_SGI:
		if (d->number < 16)
			GICD(GICD_SGIR) = (d->target & 0xff) << 16 | d->number;
		break;
	case LINK_DOORBELL_SPI:
		if (d->number < SPIS)
			GICD(GICD_ISPENDR + id / 32 * 4) = 1u << id % 32;
		break;
	default:
		break;
	}
}

void doorbell_clear(void)
{
	uint32_t iar;

	while (((iar = GICC(GICC_IAR)) & IAR_ID) < IAR_SPURIOUS)
		GICC(GICC_EOIR) = iar;
	__asm__ volatile("dsb" ::: "memory"); /* cleared before anything is looked at */
}

void doorbell_wait(void)
{
	timer_start(timer_frequency() / 1000 * DOORBELL_PATIENCE_MS);
	/* The interrupt stays masked in the core, which it wakes all the same; clearing is later. */
	__asm__ volatile("dsb\n\twfi" ::: "memory");
	timer_stop();
}
