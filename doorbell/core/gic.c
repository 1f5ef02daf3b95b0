/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells of a GIC. Images set up only what is a core's own, never what is shared: that is
 * Linux's, whose driver redirects and disables every SPI when it starts, or the loader's, which
 * has enabled it. A core's own SGIs are out of Linux's reach.
 */
#include "doorbell/core.h"
#include "doorbell/gic.h"
#include "driver/clock.h"
#include "driver/gic.h"

#define SGIS	   0x0000ffffu
#define PPIS	   0xffff0000u
#define ALARM	   (1u << ALARM_INTERRUPT)
#define PRIORITIES 0xa0a0a0a0u /* of four; Linux's default, higher than what is let through */
#define TAKE_MOST  1020	       /* can be pending at once */

#define GIC(function) (gic_is_v3() ? gicv3_##function() : gicv2_##function())

void doorbell_let_through(void)
{
	GIC(let_through);
}

/*
 * Nothing ends a sleep while nothing gets through, the alarm neither: a loader that has left it so,
 * Linux on its way up or down. Otherwise the interrupt stays masked in the core, which it wakes all
 * the same; clearing is later.
 */
void doorbell_sleep(uint32_t ticks)
{
	if (!GIC(wakes))
		return;
	alarm_start(ticks);
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
	alarm_stop();
}

/*
 * As if this core came from reset: whoever had it before may have been in the middle of anything.
 * But for ICPENDR, which is not written: what is pending and disabled reaches nobody, and what is
 * enabled is taken at the end. In QEMU's GICv2 (hw/intc/arm_gic.c) ICPENDR is not banked: it would
 * take back all other cores' PPIs, too, and with an edge of Linux's timer all that Linux waits for.
 */
void doorbell_start(void)
{
	const uintptr_t own = GIC(own);
	const uint32_t ours = GIC(ours);

	alarm_stop();
	GIC(stop);
	GIC_REGISTER(own + GIC_ICENABLER) = PPIS & ours;
	GIC_REGISTER(own + GIC_ICACTIVER) = (SGIS | PPIS) & ours;
	for (unsigned i = 0; i < GIC_OWN; i += 4)
		if ((ours >> i & 0xf) == 0xf)
			GIC_REGISTER(own + GIC_IPRIORITYR + i) = PRIORITIES;
	GIC_REGISTER(own + GIC_ISENABLER) = SGIS | ALARM;
	GIC(start);
	doorbell_clear();
}

void doorbell_ring(const struct link_doorbell *d)
{
	const uint32_t id = d->cell[0] + GIC_SPI_FIRST;

	__asm__ volatile("dsb sy" ::: "memory"); /* the rings, then the bell */
	if (d->kind == DOORBELL_SGI && d->cell[0] < GIC_SGIS_MAX) {
		if (gic_is_v3())
			gicv3_ring(d->cell[0], d->cell[1]);
		else
			gicv2_ring(d->cell[0], d->cell[1]);
	} else if (d->kind == DOORBELL_SPI && d->cell[0] < GIC_SPIS_MAX) {
		GIC_REGISTER(GICD_BASE + GIC_ISPENDR + id / 32 * 4) = 1u << id % 32;
	}
}

bool doorbell_rung(void)
{
	return GIC_REGISTER(GIC(own) + GIC_ISPENDR) & SGIS;
}

void doorbell_clear(void)
{
	/* One that is none of ours, and that nobody silences, must not keep us here. */
	for (unsigned n = 0; n < TAKE_MOST && GIC(take); n++)
		;
	__asm__ volatile("dsb sy" ::: "memory"); /* cleared before anything is looked at */
}
