/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A GICv3 (Arm IHI 0069): a redistributor at GICR_BASE and up for each core has what is its own,
 * and the core's registers are its ear. Non-secure, or with one security state alone
 * (GICD_CTLR.DS), or Secure below a monitor: gicv3_secure_a64.c.
 */
#include "arch/gic.h"
#include "driver/gic.h"
#include "driver/gic_registers.h"

/* 12.9.4, GICD_CTLR: routing by affinity, then group 1, Non-secure or the only one, and Secure. */
#define CONTROL GIC_REGISTER(GICD_BASE + GICD_CTLR)
#define ARE	(1u << 4)
#define ENABLE	(1u << 1)
#define SECURE	(1u << 2)

/* In one write, as Linux's driver does it. Secure group 1 gicv3_secure_start() has let through. */
void gicv3_let_through(void)
{
	CONTROL |= ARE | ENABLE;
}

static uintptr_t redistributor(void)
{
	const uint32_t own = gic_core_affinity();
	uintptr_t at = GICR_BASE;
	uint32_t type;

	for (;;) {
		type = GIC_REGISTER(at + GICR_TYPER);
		if (GIC_REGISTER(at + GICR_AFFINITY) == own || type & 1u << GICR_LAST_BIT)
			return at;
		at += type & 1u << GICR_VLPIS_BIT ? 4 * GICR_FRAME : 2 * GICR_FRAME;
	}
}

uintptr_t gicv3_own(void)
{
	return redistributor() + GICR_FRAME;
}

/* Those of Secure group 1, which the Secure side alone sees; 0: to us there is no such group. */
static uint32_t secure_group1(void)
{
	return GIC_REGISTER(gicv3_own() + GICR_IGRPMODR);
}

/* Of the context that we are: as its view has it. */
static uint32_t group1(void)
{
	return secure_group1() ? SECURE : ENABLE;
}

bool gicv3_wakes(void)
{
	return CONTROL & group1();
}

uint32_t gicv3_ours(void)
{
	const uint32_t secure = secure_group1();

	return secure ? secure : UINT32_MAX; /* to the Non-secure side others can't be written */
}

void gicv3_wake(void)
{
	const uintptr_t waker = redistributor() + GICR_WAKER;

	/* Where there is a secure world it is its alone. */
	GIC_REGISTER(waker) &= ~(1u << GICR_SLEEP_BIT);
	while (!(GIC_REGISTER(waker) & 1u << GICR_SLEEP_BIT) &&
	       GIC_REGISTER(waker) & 1u << GICR_ASLEEP_BIT)
		;
}

void gicv3_stop(void)
{
	gic_core_stop();
}

void gicv3_start(void)
{
	if (!secure_group1())
		GIC_REGISTER(gicv3_own() + GIC_IGROUPR) = ~0u;
	gicv3_wake();
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
