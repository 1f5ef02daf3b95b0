/* SPDX-License-Identifier: BSD-2-Clause */
/* What a core takes of a GICv2 that is not its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BOARD_MEMORY_MAP "test/unit/fake_gic.h"
#include "driver/gicv2.c"

#define MONITORS (1u << 14 | 1u << 15 | 1u << 29)
#define NOTHING	 0xffffffffu

uint32_t fake_gicd[0x400], fake_gicc[0x400];

/* What it sends when it takes @interrupt, seen from a side for which these are @group1. */
static uint32_t sent(uint32_t group1, uint32_t interrupt)
{
	fake_gicd[GIC_IGROUPR / 4] = group1;
	fake_gicd[GICD_SGIR / 4] = NOTHING;
	fake_gicc[GICC_IAR / 4] = interrupt;
	assert_true(gicv2_take());
	assert_int_equal(fake_gicc[GICC_EOIR / 4], interrupt);
	return fake_gicd[GICD_SGIR / 4];
}

/* One of group 0, which was on its way to the monitor, comes again; the timer's by itself. */
static void the_monitors_is_given_back(void **state)
{
	(void)state;
	assert_int_equal(sent(~MONITORS, 2u << 10 | 15), 2u << 24 | 15);
	assert_int_equal(sent(~MONITORS, 14), 2u << 24 | 14);
	assert_int_equal(sent(~MONITORS, 29), NOTHING);
}

static void others_are_not(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 1020; i++) {
		assert_int_equal(sent(0, i), NOTHING); /* where nobody has divided them */
		if (i >= 32 || !(MONITORS >> i & 1))
			assert_int_equal(sent(~MONITORS, i), NOTHING);
	}
}

static void nothing_is_pending(void **state)
{
	(void)state;
	fake_gicc[GICC_IAR / 4] = 1023;
	assert_false(gicv2_take());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_monitors_is_given_back),
		cmocka_unit_test(others_are_not),
		cmocka_unit_test(nothing_is_pending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
