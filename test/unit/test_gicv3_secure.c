/* SPDX-License-Identifier: BSD-2-Clause */
/* A GICv3 as EL3 sees it: its registers of the core are the test's, and those in memory, memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define BOARD_MEMORY_MAP      "test/unit/fake_gicv3.h"
#define ARCH_ARMV8_A_SYSTEM_H /* not the machine's */

#define system_read(name)	  read_register(#name)
#define system_write(name, value) write_register(#name, value)
#define system_barrier()	  ((void)0)

static uint64_t read_register(const char *name);
static void write_register(const char *name, uint64_t value);

#include "driver/gicv3_secure_a64.c"

uint32_t fake_gicd[0x4000], fake_gicr[0x8000];

static uint64_t scr, sent;
static unsigned bits, eois, settled;
static uint32_t control_then, rwp_of;
static char ended[256]; /* registers that were cleared, in that order */
static bool ends;	/* is the running priority over by that? */

static uint64_t read_register(const char *name)
{
	if (!strcmp(name, "icc_ctlr_el3"))
		return (bits - 1) << 8;
	if (!strcmp(name, "icc_rpr_el1"))
		return ends ? GIC_ALL_PRIORITY : 0xa0;
	return strcmp(name, "scr_el3") ? 0 : scr;
}

static void write_register(const char *name, uint64_t value)
{
	const size_t used = strlen(ended);

	if (!strcmp(name, "scr_el3"))
		scr = value;
	if (!strcmp(name, "icc_sgi0r_el1"))
		sent = value;
	if (!strcmp(name, "icc_eoir1_el1"))
		eois++;
	if (!strncmp(name, "icc_ap", 6)) {
		assert_int_equal(value, 0);
		snprintf(ended + used, sizeof(ended) - used, "%.4s%s ", name + 6,
			 scr & SCR_NS ? "ns" : "");
	}
}

uintptr_t gicv3_own(void)
{
	return GICR_BASE + GICR_FRAME;
}

void gicv3_wake(void)
{
}

void gic_settle(uintptr_t control, uint32_t rwp)
{
	settled++;
	rwp_of = rwp;
	control_then = GIC_REGISTER(control);
	if (rwp == GICR_RWP) { /* disabled, and what is pending not yet looked at */
		assert_int_equal(control, GICR_BASE + GICR_CTLR);
		assert_int_equal(GIC_REGISTER(gicv3_own() + GIC_ICENABLER), ~GIC_OWN_GROUP0);
		assert_int_equal(GIC_REGISTER(gicv3_own() + GICD_ICPENDR), 0);
	}
}

static void prepare_core(void)
{
	memset(fake_gicr, 0, sizeof(fake_gicr));
	scr = SCR_NS | 4;
	ended[0] = '\0';
}

static int prepare(void **unused)
{
	(void)unused;
	prepare_core();
	memset(fake_gicd, 0, sizeof(fake_gicd));
	eois = settled = 0;
	bits = 5;
	ends = true;
	return 0;
}

/* In the architecture's order, and none that there is not: it would be undefined. */
static void active_ones_are_forgotten(void **unused)
{
	static const char *const order[] = {
		[5] = "0r0_ 1r0_ 1r0_ns ",
		[6] = "0r0_ 0r1_ 1r0_ 1r1_ 1r0_ns 1r1_ns ",
		[7] = "0r0_ 0r1_ 0r2_ 0r3_ 1r0_ 1r1_ 1r2_ 1r3_ 1r0_ns 1r1_ns 1r2_ns 1r3_ns ",
	};

	(void)unused;
	for (bits = 5; bits <= 8; bits++) {
		prepare_core();
		assert_int_equal(gicv3_secure_close(), gicv3_own());
		assert_string_equal(ended, order[bits < 7 ? bits : 7]);
		assert_int_equal(scr, 4);
	}
	assert_int_equal(eois, 0);
	assert_int_equal(settled, 4);
	assert_int_equal(rwp_of, GICR_RWP);
	assert_int_equal(GIC_REGISTER(gicv3_own() + GICD_ICPENDR), ~GIC_OWN_GROUP0);
}

static void not_for_ever(void **unused)
{
	(void)unused;
	ends = false;
	gicv3_secure_close();
	assert_int_equal(eois, LEVELS);
}

static void routing_comes_first(void **unused)
{
	(void)unused;
	gicv3_secure_start();
	assert_int_equal(settled, 1);
	assert_int_equal(rwp_of, GICD_RWP);
	assert_int_equal(control_then, 0x30);
	assert_int_equal(GIC_REGISTER(GICD_BASE + GICD_CTLR), 0x37);
}

static void any_core_is_kicked(void **unused)
{
	static const struct {
		core_id_t core;
		uint64_t sgi;
	} kicks[] = {
		{ 0x0, 0xf000001 },	  { 0x3, 0xf000008 },
		{ 0x10, 0x10000f000001 }, { 0x513, 0x10000f050008 },
		{ 0xff, 0xf0000f008000 }, { 0x1000a0b01, 0x1000a0f0b0002 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(kicks) / sizeof(kicks[0]); i++) {
		gicv3_secure_kick(kicks[i].core);
		assert_int_equal(sent, kicks[i].sgi);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(active_ones_are_forgotten, prepare),
		cmocka_unit_test_setup(not_for_ever, prepare),
		cmocka_unit_test_setup(routing_comes_first, prepare),
		cmocka_unit_test_setup(any_core_is_kicked, prepare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
