/* SPDX-License-Identifier: BSD-2-Clause */
/* A GICv2 with Security Extensions (Arm IHI 0048B, 4.3, 4.4), as its Secure side sees it. */
#include "driver/gic.h"
#include "driver/gicv2_registers.h"
#include "driver/secure_interrupts.h"

#include BOARD_MEMORY_MAP

#define GICD(offset) GIC_REGISTER(GICD_BASE + (offset))
#define GICC(offset) GIC_REGISTER(GICC_BASE + (offset))

#define GROUPS	    3u	 /* GICD_CTLR: both are let through */
#define OURS_ALONE  0xdu /* GICC_CTLR: group 0, as FIQs; AckCtl */
#define EVERYBODYS  0xfu /* and group 1 */
#define ACK_CTL	    4u
#define ALARM	    29 /* PPI of the Secure physical timer (Arm DEN 0094, table of PPIs) */
#define OWN_GROUP0  (1u << 14 | 1u << GICV2_KICK | 1u << ALARM)
#define OTHERS_SGIS (0xffffu & ~OWN_GROUP0)
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
	GICD(GICD_CTLR) = GROUPS;
}

void secure_start_core(void)
{
	GICC(GICC_CTLR) = OURS_ALONE;
	GICD(GIC_IGROUPR) = ~OWN_GROUP0;
	for (unsigned i = 0; i < GIC_OWN; i += 4)
		GICD(GIC_IPRIORITYR + i) = PRIORITIES;
	GICD(GIC_IPRIORITYR + 12) = PRIORITIES & 0xffffu; /* SGIs 14, 15: the highest */
	GICD(GIC_IPRIORITYR + (ALARM & ~3u)) = PRIORITIES & ~(0xffu << 8 * (ALARM & 3));
	GICD(GIC_ICENABLER) = ~OWN_GROUP0;
	GICD(GIC_ICACTIVER) = ~OWN_GROUP0;
	for (unsigned i = 0; i < 4; i++) {
		/* A byte for each SGI, of whom it comes from; not those of group 0. */
		GICD(GICD_CPENDSGIR + 4 * i) = i < 3 ? UINT32_MAX : 0xffffu;
		GICC(GICC_APR + 4 * i) = 0; /* what was taken and never ended */
		GICC(GICC_NSAPR + 4 * i) = 0;
	}
	GICD(GIC_ISENABLER) = OWN_GROUP0;
	GICC(GICC_PMR) = GIC_ALL_PRIORITY;
}

void secure_open_core(void)
{
	GICD(GIC_ISENABLER) = OTHERS_SGIS;
	GICC(GICC_CTLR) = EVERYBODYS;
}

/* Of a core's: bit of its id's last digit. */
static uint32_t interface_of(core_id_t core)
{
	return 1u << core % 8;
}

void secure_stop(const core_id_t *core, uint32_t mask)
{
	const volatile uint8_t *targets = (const void *)(uintptr_t)(GICD_BASE + GICD_ITARGETSR);
	uint32_t cores = 0;

	for (; mask; mask &= mask - 1)
		cores |= interface_of(core[__builtin_ctz(mask)]);
	for (uint32_t i = GIC_OWN; i < 32 * words(); i += 32) {
		uint32_t theirs = 0;

		for (uint32_t k = 0; k < 32; k++)
			if (targets[i + k] && !(targets[i + k] & ~cores))
				theirs |= 1u << k;
		GICD(GIC_ICENABLER + i / 8) = theirs;
		GICD(GICD_ICPENDR + i / 8) = theirs;
		GICD(GIC_ICACTIVER + i / 8) = theirs;
	}
}

void secure_kick(core_id_t core)
{
	__asm__ volatile("dsb sy" ::: "memory");
	GICD(GICD_SGIR) = interface_of(core) << 16 | GICV2_KICK; /* NSATT 0: of group 0 */
	/* Where cores are simulated one after the other, it is the other one's turn. */
	__asm__ volatile("yield");
}

void secure_take(void)
{
	const uint32_t control = GICC(GICC_CTLR);
	uint32_t iar;

	/* If it is over already, what is pending is somebody else's, and stays so. */
	GICC(GICC_CTLR) = control & ~ACK_CTL;
	iar = GICC(GICC_IAR);
	if ((iar & GIC_ID) < GIC_ID_SPURIOUS)
		GICC(GICC_EOIR) = iar;
	GICC(GICC_CTLR) = control;
}
