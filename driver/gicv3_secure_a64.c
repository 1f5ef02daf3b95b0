/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A GICv3 with two Security states (Arm IHI 0069, 4.6), as EL3 sees it. Group 0 is the monitor's,
 * and comes as FIQs. Of group 1 each state has its own: Secure contexts hear theirs as IRQs, and
 * their cores nothing of the other state's, which would come to EL3; so they hear no SPIs, all of
 * which are that one's. Others ring SGIs in Secure group 1 by ICC_ASGI1R_EL1, as GICR_NSACR lets
 * them.
 */
#include "arch/armv8-a/system.h"
#include "driver/gic.h"
#include "driver/gic_secure.h"

#define ALL_GROUPS 0x37u /* GICD_CTLR: all groups, affinity routing for both states */
#define SRE	   0xfu	 /* ICC_SRE_EL3: registers of the core, and lower levels may have them */
#define ENABLE	   1u
#define NON_SECURE 1u /* ICC_IGRPEN1_EL3 */
#define SECURE	   2u
#define SCR_NS	   1u
#define IN_GROUP1  0x0aaaaaaau /* GICR_NSACR: SGIs 0 to 13 in either state's group 1 */
#define IRM	   (1u << 31)  /* GICD_IROUTER: to any core */

#define BARRIER() __asm__ volatile("isb" ::: "memory")

static void use_registers(void)
{
	system_write(icc_sre_el3, SRE);
	BARRIER();
}

void gicv3_secure_start(void)
{
	GIC_REGISTER(GICD_BASE + GICD_CTLR) = ALL_GROUPS;
	use_registers(); /* to kick */
	gicv3_wake();
}

uintptr_t gicv3_secure_close(void)
{
	const uintptr_t own = gicv3_own();
	const uint64_t scr = system_read(scr_el3) & ~(uint64_t)SCR_NS;

	use_registers();
	system_write(icc_igrpen1_el3, 0);
	GIC_REGISTER(own - GICR_FRAME + GICR_CTLR) =
		0; /* no LPIs by tables in a context's memory */
	GIC_REGISTER(own + GICD_ICPENDR) = ~GIC_OWN_GROUP0;
	GIC_REGISTER(own + GICR_IGRPMODR) = 0;
	GIC_REGISTER(own + GICR_NSACR) = IN_GROUP1;
	/* What was taken and never ended, in either state. */
	system_write(scr_el3, scr | SCR_NS);
	BARRIER();
	system_write(icc_ap1r0_el1, 0);
	system_write(scr_el3, scr);
	BARRIER();
	system_write(icc_ap1r0_el1, 0);
	system_write(icc_ap0r0_el1, 0);
	BARRIER();
	/* QEMU ignores that for the Non-secure one (arm_gicv3_cpuif.c, icc_ap_write()). */
	while (system_read(icc_rpr_el1) != GIC_ALL_PRIORITY)
		system_write(icc_eoir1_el1, 0);
	system_write(icc_pmr_el1, GIC_ALL_PRIORITY);
	system_write(icc_igrpen0_el1, ENABLE);
	BARRIER();
	return own;
}

uintptr_t gicv3_secure_open(bool secure)
{
	const uintptr_t own = gicv3_own();

	if (secure) {
		GIC_REGISTER(own + GICR_IGRPMODR) = ~GIC_OWN_GROUP0;
		GIC_REGISTER(own + GIC_IGROUPR) = 0;
	}
	system_write(icc_igrpen1_el3, secure ? SECURE : NON_SECURE);
	return own;
}

static bool is_one_of(core_id_t id, const core_id_t *core, uint32_t mask)
{
	for (; mask; mask &= mask - 1)
		if (core[__builtin_ctz(mask)] == id)
			return true;
	return false;
}

uint32_t gicv3_secure_theirs(uint32_t first, const core_id_t *core, uint32_t mask)
{
	uint32_t theirs = 0;

	for (uint32_t i = 0; i < 32; i++) {
		const uintptr_t route = GICD_BASE + GICD_IROUTER + 8 * (first + i);
		const core_id_t id = GIC_REGISTER(route) | (core_id_t)GIC_REGISTER(route + 4) << 32;

		if (!(id & IRM) && is_one_of(id, core, mask))
			theirs |= 1u << i;
	}
	return theirs;
}

/* ICC_SGI0R_EL1 (12.11.26): TargetList 15:0, Aff1 23:16, INTID 27:24, Aff2 39:32, Aff3 55:48. */
void gicv3_secure_kick(core_id_t core)
{
	const uint64_t target = 1u << (core & 0xf) | (core & 0xff00) << 8 |
				(core & 0xff0000) << 16 | (core >> 32 & 0xff) << 48;

	system_write(icc_sgi0r_el1, target | GIC_KICK << 24);
	BARRIER();
}

void gicv3_secure_take(void)
{
	const uint32_t interrupt = (uint32_t)system_read(icc_iar0_el1);

	if (interrupt < GIC_ID_SPURIOUS)
		system_write(icc_eoir0_el1, interrupt);
	BARRIER();
}
