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

#define ROUTING	   0x30u /* GICD_CTLR: by affinity, for both states */
#define GROUPS	   0x07u /* all */
#define SRE	   0xfu	 /* ICC_SRE_EL3: registers of the core, and lower levels may have them */
#define PRIBITS	   8	 /* ICC_CTLR_EL3: bits of a priority, less one */
#define LEVELS	   128	 /* of priorities that can be active, at most */
#define ENABLE	   1u
#define NON_SECURE 1u /* ICC_IGRPEN1_EL3 */
#define SECURE	   2u
#define SCR_NS	   1u
#define IN_GROUP1  0x0aaaaaaau /* GICR_NSACR: SGIs 0 to 13 in either state's group 1 */
#define IRM	   (1u << 31)  /* GICD_IROUTER: to any core */

static void use_registers(void)
{
	system_write(icc_sre_el3, SRE);
	system_barrier();
}

void gicv3_secure_start(void)
{
	/* While no group is enabled (12.9.4), and done before one is. */
	GIC_REGISTER(GICD_BASE + GICD_CTLR) = ROUTING;
	gic_settle(GICD_BASE + GICD_CTLR, GICD_RWP);
	GIC_REGISTER(GICD_BASE + GICD_CTLR) = ROUTING | GROUPS;
	use_registers(); /* to kick */
	gicv3_wake();
}

/* Of group 1 of the state that SCR_EL3 says. There are as many registers as priorities need. */
static void forget_active(unsigned bits)
{
	system_write(icc_ap1r0_el1, 0);
	if (bits > 5)
		system_write(icc_ap1r1_el1, 0);
	if (bits > 6) {
		system_write(icc_ap1r2_el1, 0);
		system_write(icc_ap1r3_el1, 0);
	}
	system_barrier();
}

/* What was taken and never ended: group 0, Secure group 1, Non-secure, in IHI 0069's order. */
static void end_all(void)
{
	const uint64_t scr = system_read(scr_el3) & ~(uint64_t)SCR_NS;
	const unsigned bits = (system_read(icc_ctlr_el3) >> PRIBITS & 7) + 1;

	system_write(scr_el3, scr);
	system_barrier();
	system_write(icc_ap0r0_el1, 0);
	if (bits > 5)
		system_write(icc_ap0r1_el1, 0);
	if (bits > 6) {
		system_write(icc_ap0r2_el1, 0);
		system_write(icc_ap0r3_el1, 0);
	}
	forget_active(bits);
	system_write(scr_el3, scr | SCR_NS);
	system_barrier();
	forget_active(bits);
	system_write(scr_el3, scr);
	system_barrier();
	/*
	 * For QEMU alone, which ignores the last of these (arm_gicv3_cpuif.c, icc_ap_write()), and
	 * ends the highest there is whatever the number: on a GIC there is none any more.
	 */
	for (unsigned n = 0; n < LEVELS && system_read(icc_rpr_el1) != GIC_ALL_PRIORITY; n++)
		system_write(icc_eoir1_el1, 0);
}

uintptr_t gicv3_secure_close(void)
{
	const uintptr_t own = gicv3_own(), control = own - GICR_FRAME + GICR_CTLR;

	use_registers();
	system_write(icc_igrpen1_el3, 0);
	GIC_REGISTER(own + GIC_ICENABLER) = ~GIC_OWN_GROUP0;
	GIC_REGISTER(control) = 0; /* no LPIs any more */
	gic_settle(control, GICR_RWP);
	GIC_REGISTER(own + GICD_ICPENDR) = ~GIC_OWN_GROUP0;
	GIC_REGISTER(own + GICR_IGRPMODR) = 0;
	GIC_REGISTER(own + GICR_NSACR) = IN_GROUP1;
	end_all();
	system_write(icc_pmr_el1, GIC_ALL_PRIORITY);
	system_write(icc_igrpen0_el1, ENABLE);
	system_barrier();
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

/*
 * ICC_SGI0R_EL1 (12.11.26): TargetList 15:0, Aff1 23:16, INTID 27:24, Aff2 39:32, RS 47:44 (of what
 * Aff0 the list is, in sixteens), Aff3 55:48.
 */
void gicv3_secure_kick(core_id_t core)
{
	const uint64_t target = 1u << (core & 0xf) | (core & 0xff00) << 8 |
				(core & 0xff0000) << 16 | (core & 0xf0) << 40 |
				(core >> 32 & 0xff) << 48;

	system_write(icc_sgi0r_el1, target | GIC_KICK << 24);
	system_barrier();
}

void gicv3_secure_take(void)
{
	const uint32_t interrupt = (uint32_t)system_read(icc_iar0_el1);

	if (interrupt < GIC_ID_SPURIOUS)
		system_write(icc_eoir0_el1, interrupt);
	system_barrier();
}
