/* SPDX-License-Identifier: BSD-2-Clause */
/* A GICv2 with Security Extensions (Arm IHI 0048B, 4.3, 4.4), as its Secure side sees it. */
#include "driver/gic.h"
#include "driver/secure_interrupts.h"

#include BOARD_MEMORY_MAP

#define GICD(offset) GIC_REGISTER(GICD_BASE + (offset))
#define GICC(offset) GIC_REGISTER(GICC_BASE + (offset))

#define GICD_CTLR  0x000
#define GICD_TYPER 0x004
#define GICD_SGIR  0xf00
#define GICC_CTLR  0x000
#define GICC_PMR   0x004
#define GICC_IAR   0x00c
#define GICC_EOIR  0x010

#define GROUPS	   3u	/* GICD_CTLR: both are let through */
#define CORE	   0xfu /* GICC_CTLR: both are, AckCtl, FIQEn */
#define KICK	   15	/* SGI */
#define TIMER	   29	/* PPI of the Secure physical timer (DDI 0438, 8.2.3) */
#define OWN_GROUP0 (1u << 14 | 1u << KICK | 1u << TIMER)
#define SGIS	   0xffffu

void secure_start(void)
{
	const uint32_t words = (GICD(GICD_TYPER) & 0x1f) + 1; /* of 32 interrupts each */

	for (uint32_t i = 1; i < words; i++)
		GICD(GIC_IGROUPR + 4 * i) = UINT32_MAX;
	GICD(GICD_CTLR) = GROUPS;
}

void secure_start_core(void)
{
	GICD(GIC_IGROUPR) = ~OWN_GROUP0;
	GICD(GIC_ISENABLER) = OWN_GROUP0 | SGIS;
	GICD(GIC_IPRIORITYR + 12) &= 0x0000ffffu; /* SGIs 14, 15: the highest */
	GICD(GIC_IPRIORITYR + TIMER / 4 * 4) &= ~(0xffu << TIMER % 4 * 8);
	GICC(GICC_PMR) = GIC_ALL_PRIORITY;
	GICC(GICC_CTLR) = CORE;
}

void secure_kick(core_id_t core)
{
	__asm__ volatile("dsb sy" ::: "memory");
	GICD(GICD_SGIR) = 1u << (16 + core % 8) | KICK; /* NSATT 0: of group 0 */
}

uint32_t secure_take(void)
{
	const uint32_t iar = GICC(GICC_IAR);

	if ((iar & GIC_ID) >= GIC_ID_SPURIOUS)
		return SECURE_NONE;
	GICC(GICC_EOIR) = iar;
	return iar & GIC_ID;
}

void secure_silence_core(void)
{
	GICD(GIC_ICENABLER) = ~OWN_GROUP0 & ~SGIS;
	GICD(GIC_ICACTIVER) = ~OWN_GROUP0;
	for (unsigned i = 0; i < 4; i++)
		GICC(0x0d0 + 4 * i) = 0; /* GICC_APR: what was taken and never ended */
	for (unsigned i = 0; i < 4; i++)
		GICC(0x0e0 + 4 * i) = 0; /* GICC_NSAPR */
	secure_start_core();
}
