/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A GICv2 (Arm IHI 0048B): the distributor has what is each core's own, banked, and GICC its ear.
 */
#include "driver/gic.h"
#include "driver/gic_registers.h"

#define GICD(offset) GIC_REGISTER(GICD_BASE + (offset))
#define GICC(offset) GIC_REGISTER(GICC_BASE + (offset))

#define ENABLE (1u << 0) /* of the reader's world's group: all interrupts, after reset */
/*
 * Where a monitor has divided interrupts into groups (secure_interrupts.h), and to its Secure side:
 * group 1 is ours as it is everybody else's, and is acknowledged as such; group 0 goes on as it is.
 */
#define DIVIDED	   0xfu	      /* GICC_CTLR: both groups, AckCtl, FIQEn */
#define SGIR_NSATT (1u << 15) /* of group 1 */
#define SGIR_SELF  (2u << 24) /* to the core that writes it */
#define SGIS	   16

/* Only the Secure side sees groups at all. */
static bool is_divided(void)
{
	return GICD(GIC_IGROUPR);
}

void gicv2_let_through(void)
{
	GICD(GICD_CTLR) |= ENABLE;
}

bool gicv2_wakes(void)
{
	return GICD(GICD_CTLR) & ENABLE;
}

uint32_t gicv2_ours(void)
{
	return is_divided() ? GICD(GIC_IGROUPR) : UINT32_MAX;
}

uintptr_t gicv2_own(void)
{
	return GICD_BASE;
}

void gicv2_stop(void)
{
	GICC(GICC_CTLR) = 0;
}

void gicv2_start(void)
{
	for (unsigned i = 0; i < 4; i++)
		GICC(GICC_APR + 4 * i) = 0;
	GICC(GICC_BPR) = 0;
	GICC(GICC_PMR) = GIC_ALL_PRIORITY;
	GICC(GICC_CTLR) = is_divided() ? DIVIDED : ENABLE;
}

/* The Secure side may have taken the monitor's kick before that came as an FIQ: once more. */
static void give_back(uint32_t interrupt)
{
	if (interrupt < SGIS && !(gicv2_ours() >> interrupt & 1))
		GICD(GICD_SGIR) = SGIR_SELF | interrupt;
}

bool gicv2_take(void)
{
	const uint32_t iar = GICC(GICC_IAR), interrupt = iar & GIC_ID;

	if (interrupt >= GIC_ID_SPURIOUS)
		return false;
	GICC(GICC_EOIR) = iar;
	give_back(interrupt);
	return true;
}

void gicv2_ring(uint32_t sgi, uint32_t cores)
{
	GICD(GICD_SGIR) = (cores & 0xff) << 16 | (is_divided() ? SGIR_NSATT : 0) | sgi;
}
