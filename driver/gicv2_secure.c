/* SPDX-License-Identifier: BSD-2-Clause */
/* A GICv2 with Security Extensions (Arm IHI 0048B, 4.3, 4.4), as its Secure side sees it. */
#include "driver/gic.h"
#include "driver/gic_secure.h"

#define GICD(offset) GIC_REGISTER(GICD_BASE + (offset))
#define GICC(offset) GIC_REGISTER(GICC_BASE + (offset))

#define GROUPS	   3u	/* GICD_CTLR: both are let through */
#define OURS_ALONE 0xdu /* GICC_CTLR: group 0, as FIQs; AckCtl */
#define EVERYBODYS 0xfu /* and group 1 */
#define ACK_CTL	   4u

void gicv2_secure_start(void)
{
	GICD(GICD_CTLR) = GROUPS;
}

uintptr_t gicv2_secure_close(void)
{
	GICC(GICC_CTLR) = OURS_ALONE;
	for (unsigned i = 0; i < 4; i++) {
		/* A byte for each SGI, of whom it comes from; not those of group 0. */
		GICD(GICD_CPENDSGIR + 4 * i) = i < 3 ? UINT32_MAX : 0xffffu;
		GICC(GICC_APR + 4 * i) = 0; /* what was taken and never ended */
		GICC(GICC_NSAPR + 4 * i) = 0;
	}
	GICD(GIC_ICENABLER) = ~GIC_OWN_GROUP0;
	GICC(GICC_PMR) = GIC_ALL_PRIORITY;
	return GICD_BASE;
}

/* Group 1 is both worlds'. */
uintptr_t gicv2_secure_open(bool secure)
{
	(void)secure;
	GICC(GICC_CTLR) = EVERYBODYS;
	return GICD_BASE;
}

/* Of a core's: bit of its id's last digit. */
static uint32_t interface_of(core_id_t core)
{
	return 1u << core % 8;
}

uint32_t gicv2_secure_theirs(uint32_t first, const core_id_t *core, uint32_t mask)
{
	const volatile uint8_t *targets =
		(const void *)(uintptr_t)(GICD_BASE + GICD_ITARGETSR + first);
	uint32_t cores = 0, theirs = 0;

	for (; mask; mask &= mask - 1)
		cores |= interface_of(core[__builtin_ctz(mask)]);
	for (uint32_t i = 0; i < 32; i++)
		if (targets[i] && !(targets[i] & ~cores))
			theirs |= 1u << i;
	return theirs;
}

void gicv2_secure_kick(core_id_t core)
{
	GICD(GICD_SGIR) = interface_of(core) << 16 | GIC_KICK; /* NSATT 0: of group 0 */
}

void gicv2_secure_take(void)
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
