/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells on a GICv2 (ARM IHI 0048B). Only banked registers are set up, never the distributor's
 * own: that is Linux's, whose driver redirects and disables every SPI when it starts, or the
 * loader's, which has enabled it. This core's SGIs are out of Linux's reach.
 */
#include <stdbool.h>
#include <stdint.h>

#include "driver/clock.h"
#include "images/lib/doorbell.h"

#include BOARD_MEMORY_MAP

#define GICD(offset) (*(volatile uint32_t *)(uintptr_t)(GICD_BASE + (offset)))
#define GICC(offset) (*(volatile uint32_t *)(uintptr_t)(GICC_BASE + (offset)))

#define GICD_CTLR 0x000
/* Of these the first words are banked: SGIs and PPIs. */
#define GICD_ISENABLER	0x100
#define GICD_ICENABLER	0x180
#define GICD_ISPENDR	0x200
#define GICD_ICPENDR	0x280
#define GICD_ICACTIVER	0x380
#define GICD_IPRIORITYR 0x400
#define GICD_SGIR	0xf00
#define GICC_CTLR	0x000
#define GICC_PMR	0x004
#define GICC_BPR	0x008
#define GICC_IAR	0x00c
#define GICC_EOIR	0x010
#define GICC_APR	0x0d0

#define ENABLE	     1u
#define SGIS	     0x0000ffffu
#define PPIS	     0xffff0000u
#define ALARM	     (1u << ALARM_INTERRUPT)
#define PRIORITIES   0xa0a0a0a0u /* of four; Linux's default, lower than GICC_PMR's */
#define BANKED	     32		 /* interrupts, of which each core has its own */
#define SPI_FIRST    32
#define SPIS	     988
#define IAR_ID	     0x3ffu
#define IAR_SPURIOUS 1020 /* and above */
#define IAR_MOST     1020 /* that can be pending at once */

#define UNKNOWN_PATIENCE 50000 /* ticks: less than wanted on a clock faster than 1 MHz */

/*
 * As if this core came from reset: whoever had it before may have been in the middle of anything.
 */
void doorbell_start(void)
{
	alarm_stop();
	GICC(GICC_CTLR) = 0;
	GICD(GICD_ICENABLER) = PPIS;
	GICD(GICD_ICPENDR) = PPIS;
	GICD(GICD_ICACTIVER) = SGIS | PPIS;
	for (unsigned i = 0; i < BANKED; i += 4)
		GICD(GICD_IPRIORITYR + i) = PRIORITIES;
	GICD(GICD_ISENABLER) = SGIS | ALARM;
	for (unsigned i = 0; i < 4; i++)
		GICC(GICC_APR + 4 * i) = 0;
	GICC(GICC_BPR) = 0;
	GICC(GICC_PMR) = 0xff;
	GICC(GICC_CTLR) = ENABLE;
	doorbell_clear();
}

void doorbell_ring(const struct link_doorbell *d)
{
	uint32_t id = d->cell[0] + SPI_FIRST;

	__asm__ volatile("dsb sy" ::: "memory"); /* the rings, then the bell */
	switch (d->kind) {
	case DOORBELL_SGI:
		if (d->cell[0] < 16)
			GICD(GICD_SGIR) = (d->cell[1] & 0xff) << 16 | d->cell[0];
		break;
	case DOORBELL_SPI:
		if (d->cell[0] < SPIS)
			GICD(GICD_ISPENDR + id / 32 * 4) = 1u << id % 32;
		break;
	default:
		break;
	}
}

void doorbell_clear(void)
{
	uint32_t iar;

	/* One that is none of ours, and that nobody silences, must not keep us here. */
	for (unsigned n = 0; n < IAR_MOST; n++) {
		iar = GICC(GICC_IAR);
		if ((iar & IAR_ID) >= IAR_SPURIOUS)
			break;
		GICC(GICC_EOIR) = iar;
	}
	__asm__ volatile("dsb sy" ::: "memory"); /* cleared before anything is looked at */
}

void doorbell_wait(void)
{
	uint32_t ticks;

	/*
	 * Nothing ends a sleep while the distributor lets nothing through, the alarm
	 * neither: a loader that has left it so, Linux on its way up or down. Then poll.
	 */
	if (!(GICD(GICD_CTLR) & ENABLE))
		return;
	ticks = clock_frequency() / 1000 * DOORBELL_PATIENCE_MS;
	alarm_start(ticks ? ticks : UNKNOWN_PATIENCE);
	/*
	 * The interrupt stays masked in the core, which it wakes all the same; clearing is later.
	 */
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
	alarm_stop();
}
