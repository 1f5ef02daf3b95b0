/* SPDX-License-Identifier: BSD-2-Clause */
/* A GIC's Secure side: what its versions have alike. */
#include "driver/gic.h"
#include "driver/gic_secure.h"
#include "driver/secure_interrupts.h"

#define GICD(offset)  GIC_REGISTER(GICD_BASE + (offset))
#define GIC(function) (gic_is_v3() ? gicv3_secure_##function : gicv2_secure_##function)

/* Lower than group 0's: whatever of group 1 is active or pending, the kick comes through. */
#define PRIORITIES 0xa0a0a0a0u

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

	GIC_REGISTER(own + GIC_IGROUPR) = ~GIC_OWN_GROUP0;
	for (unsigned i = 0; i < GIC_OWN; i += 4)
		GIC_REGISTER(own + GIC_IPRIORITYR + i) = PRIORITIES;
	/* SGIs 14, 15: the highest. */
	GIC_REGISTER(own + GIC_IPRIORITYR + 12) = PRIORITIES & 0xffffu;
	GIC_REGISTER(own + GIC_IPRIORITYR + (GIC_ALARM & ~3u)) = PRIORITIES &
								 ~(0xffu << 8 * (GIC_ALARM & 3));
	GIC_REGISTER(own + GIC_ICENABLER) = ~GIC_OWN_GROUP0;
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
