/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A GICv3 (Arm IHI 0069): a redistributor at GICR_BASE and up for each core has what is its own,
 * and the core's registers are its ear. Non-secure, or with one security state alone
 * (GICD_CTLR.DS).
 */
#include "arch/gic.h"
#include "driver/gic.h"

#include BOARD_MEMORY_MAP

/* 12.9.4, GICD_CTLR: routing by affinity, then group 1. */
#define GICD_CTLR GIC_REGISTER(GICD_BASE)
#define ARE	  (1u << 4)
#define ENABLE	  (1u << 1)

/* 12.10: two frames of 64 KiB for each core, with virtual LPIs four. */
#define FRAME	      0x10000
#define GICR_TYPER    0x008
#define TYPER_VLPIS   (1u << 1)
#define TYPER_LAST    (1u << 4)
#define GICR_AFFINITY 0x00c /* of GICR_TYPER the upper half */
#define GICR_WAKER    0x014
#define WAKER_SLEEP   (1u << 1)
#define WAKER_ASLEEP  (1u << 2)

/* In one write, as Linux's driver does it. */
void gicv3_let_through(void)
{
	GICD_CTLR |= ARE | ENABLE;
}

bool gicv3_wakes(void)
{
	return GICD_CTLR & ENABLE;
}

static uintptr_t redistributor(void)
{
	const uint32_t own = gic_core_affinity();
	uintptr_t at = GICR_BASE;
	uint32_t type;

	for (;;) {
		type = GIC_REGISTER(at + GICR_TYPER);
		if (GIC_REGISTER(at + GICR_AFFINITY) == own || type & TYPER_LAST)
			return at;
		at += type & TYPER_VLPIS ? 4 * FRAME : 2 * FRAME;
	}
}

uint32_t gicv3_ours(void)
{
	return UINT32_MAX; /* Non-secure: others can't be written */
}

uintptr_t gicv3_own(void)
{
	return redistributor() + FRAME;
}

void gicv3_stop(void)
{
	gic_core_stop();
}

void gicv3_start(void)
{
	const uintptr_t own = redistributor();

	GIC_REGISTER(own + FRAME + GIC_IGROUPR) = ~0u;
	GIC_REGISTER(own + GICR_WAKER) &=
		~WAKER_SLEEP; /* a secure world's alone, which has done it */
	while (!(GIC_REGISTER(own + GICR_WAKER) & WAKER_SLEEP) &&
	       GIC_REGISTER(own + GICR_WAKER) & WAKER_ASLEEP)
		;
	gic_core_start();
}

bool gicv3_take(void)
{
	const uint32_t interrupt = gic_core_acknowledge();

	if (interrupt >= GIC_ID_SPURIOUS) /* LPIs there are none without tables in memory */
		return false;
	gic_core_end(interrupt);
	return true;
}

void gicv3_ring(uint32_t sgi, uint32_t cores)
{
	const uint32_t bits = (cores & 0xffffff) | sgi << 24;

	gic_core_send((uint64_t)(cores >> 24) << 32 | bits);
}
