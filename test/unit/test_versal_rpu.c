/* SPDX-License-Identifier: BSD-2-Clause */
/* Versal's real-time cores: which resets are let go for which of them, with what at their vectors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BOARD_MEMORY_MAP "test/unit/versal_map.h"

#include "driver/versal_rpu.c"

#define RESET (0x300 / 4)

uint32_t versal_crl[RESET + 1], versal_vectors[VECTORS_WORDS];
static uint32_t cleaned_with; /* the reset's bits when what cores will read was on its way to RAM */

void *arch_pointer(phys_addr_t address)
{
	return (void *)(uintptr_t)address;
}

void arch_clean(const void *from, size_t size)
{
	assert_ptr_equal(from, versal_vectors);
	assert_int_equal(size, sizeof(versal_vectors));
	cleaned_with = versal_crl[RESET];
}

void arch_park(void)
{
	fail();
	__builtin_unreachable();
}

static int from_reset(void **unused)
{
	(void)unused;
	memset(versal_vectors, 0, sizeof(versal_vectors));
	versal_crl[RESET] = 0x17; /* AM012 */
	return 0;
}

static void each_is_let_go_alone(void **unused)
{
	struct error e = { 0 };

	(void)unused;
	assert_true(versal_rpu_ops.is_off(0x100) && versal_rpu_ops.is_off(0x101));
	assert_int_equal(versal_rpu_ops.start(0x101, 0x2c000000, false, 0x1234, &e), 0);
	assert_int_equal(cleaned_with, 0x17);
	assert_int_equal(versal_crl[RESET], 1);
	assert_true(versal_rpu_ops.is_off(0x100) && !versal_rpu_ops.is_off(0x101));
	assert_int_equal(versal_vectors[VECTORS_TO(1, 0)], 0x2c000000);
	assert_int_equal(versal_vectors[VECTORS_TO(1, 7)], 0x2c00001c);
	assert_int_equal(versal_vectors[VECTORS_ARGUMENT(1)], 0x1234);
	assert_int_equal(versal_vectors[VECTORS_TO(0, 0)], 4 * VECTORS_END); /* nowhere */

	assert_int_equal(versal_rpu_ops.start(0x100, 0x2c200000, true, 0, &e), 0);
	assert_int_equal(versal_crl[RESET], 0);
	assert_int_equal(versal_vectors[VECTORS_TO(0, 0)], 0x2c200001);
	assert_int_equal(versal_vectors[VECTORS_TO(1, 0)], 0x2c000000);
}

static void others_are_refused(void **unused)
{
	const core_id_t ids[] = { 0, 1, 0xff, 0x102, 0x200 };
	struct error e;

	(void)unused;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		e = (struct error){ 0 };
		assert_int_equal(versal_rpu_ops.start(ids[i], 0, false, 0, &e), E_CORE_START);
		assert_false(versal_rpu_ops.is_off(ids[i]));
	}
	assert_int_equal(versal_crl[RESET], 0x17);
	versal_crl[RESET] = 0x2;
	e = (struct error){ 0 };
	assert_int_equal(versal_rpu_ops.start(0x100, 0, false, 0, &e), E_CORE_START);
	assert_int_equal(versal_vectors[0], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(each_is_let_go_alone, from_reset),
		cmocka_unit_test_setup(others_are_refused, from_reset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
