/* SPDX-License-Identifier: BSD-2-Clause */
/* A GIC's Secure side: what its versions have alike. */
#include "driver/gic.h"
#include "driver/gic_secure.h"
#include "driver/secure_interrupts.h"

#define GICD(offset)  GIC_REGISTER(GICD_BASE + (offset))
#define GIC(function) (gic_is_v3() ? gicv3_secure_##function : gicv2_secure_##function)

/* Lower than group 0's: whatever of group 1 is active or pending, the kick comes through. */
#define PRIORITY   0xa0u
#define PRIORITIES (0x01010101u * PRIORITY)

#define PATIENCE 0x10000u /* reads of a register, of some tens of ns each */

void gic_settle(uintptr_t control, uint32_t rwp)
{
	for (unsigned n = PATIENCE; n && GIC_REGISTER(control) & rwp; n--)
		;
}

/* Of 32 interrupts each. */
static uint32_t words(void)
{
	return (GICD(GICD_TYPER) & 0x1f) + 1;
}

void secure_start(void)
{
	for (uint32_t i = 1; i < words(); i++)
		GICD(GIC_IGROUPR + 4 * i) = UINT32_MAX;
	for (uint32_t i = GIC_OWN; i < 32 * words(); i += 4)
		GICD(GIC_IPRIORITYR + i) = PRIORITIES;
	GIC(start)();
}

void secure_start_core(void)
{
	const uintptr_t own = GIC(close)();
	volatile uint8_t *priority = (void *)(own + GIC_IPRIORITYR);

	GIC_REGISTER(own + GIC_IGROUPR) = ~GIC_OWN_GROUP0;
	for (unsigned i = 0; i < GIC_OWN; i++)
		priority[i] = GIC_OWN_GROUP0 >> i & 1 ? 0 : PRIORITY;
	GIC_REGISTER(own + GIC_ICACTIVER) = ~GIC_OWN_GROUP0;
	GIC_REGISTER(own + GIC_ISENABLER) = GIC_OWN_GROUP0;
}

void secure_open_core(bool secure)
{
	GIC_REGISTER(GIC(open)(secure) + GIC_ISENABLER) = GIC_OTHERS_SGIS;
}

void secure_stop(const core_id_t *core, uint32_t mask)
{
	for (uint32_t i = GIC_OWN; i < 32 * words(); i += 32) {
		const uint32_t theirs = GIC(theirs)(i, core, mask);

		GICD(GIC_ICENABLER + i / 8) = theirs;
		gic_settle(GICD_BASE + GICD_CTLR, GICD_RWP);
		GICD(GICD_ICPENDR + i / 8) = theirs;
		GICD(GIC_ICACTIVER + i / 8) = theirs;
	}
}

void secure_kick(core_id_t core)
{
	__asm__ volatile("dsb sy" ::: "memory");
	GIC(kick)(core);
	/* Where cores are simulated one after the other, it is the other one's turn. */
	__asm__ volatile("yield");
}

void secure_take(void)
{
	GIC(take)();
}
