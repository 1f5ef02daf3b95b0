/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/error.h"
#include "test/unit/unit.h"

static void first_failure_is_kept(void **state)
{
	struct error e = { 0 };

	(void)state;
	assert_int_equal(error_set(&e, E_OVERLAP, "b at 0x%x", 0x1000u), E_OVERLAP);
	assert_int_equal(error_set(&e, E_OUTSIDE_RAM, "later"), E_OVERLAP);
	assert_int_equal(e.code, E_OVERLAP);
	assert_string_equal(e.text, "b at 0x1000");
}

static void sentence_begins_with_whom_it_is_about(void **state)
{
	struct error e = { 0 };

	(void)state;
	error_about(&e, "image ", "kernel");
	error_about(&e, "table of ", "b");
	error_set(&e, E_TABLE_BROKEN, "entry %u", 3);
	error_about(&e, "", "linux"); /* too late for this one */
	error_append(&e, " at 0x%x", 0x40u);
	assert_string_equal(e.text, "table of b: entry 3 at 0x40");

	memset(&e, 0, sizeof(e)); /* forgets it, too */
	error_set(&e, E_OVERLAP, "b");
	assert_string_equal(e.text, "b");

	e.code = 0;
	error_about(&e, "", "linux");
	error_about(&e, NULL, NULL);
	error_set(&e, E_OVERLAP, "c");
	assert_string_equal(e.text, "c");
}

static void long_text_is_cut_off(void **state)
{
	struct error e = { 0 };
	char text[2 * sizeof(e.text)];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = 0;
	error_set(&e, E_NO_IMAGE, "%s", text);
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);

	memset(&e, 0, sizeof(e));
	error_about(&e, text, "kernel");
	error_set(&e, E_NO_IMAGE, "%s", text);
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);
}

/* Codes are stable: these numbers are in people's scripts and in boot records. */
static void codes_are_stable_and_named(void **state)
{
	static const struct {
		int code;
		int number;
		const char *name;
	} some[] = {
		{ E_NO_IMAGE, -1, "NO_IMAGE" },
		{ E_HASH_WRONG, -8, "HASH_WRONG" },
		{ E_ELF_MACHINE, -22, "ELF_MACHINE" },
		{ E_TOO_MANY, -35, "TOO_MANY" },
		{ E_OVERLAP, -40, "OVERLAP" },
		{ E_TABLE_MISSING, -50, "TABLE_MISSING" },
		{ E_FDT_FULL, -62, "FDT_FULL" },
		{ E_CORE_START, -70, "CORE_START" },
		{ E_SIGNATURE_MISSING, -80, "SIGNATURE_MISSING" },
		{ E_ROLLBACK, -87, "ROLLBACK" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		assert_int_equal(some[i].code, some[i].number);
		assert_string_equal(error_name(some[i].code), some[i].name);
	}
	assert_string_equal(error_name(0), "OK");
	assert_string_equal(error_name(-1000), "?");
}

static void numbers_are_unique(void **state)
{
	static const int numbers[] = {
#define X(number, name, text) number,
		ERROR_CODES_ALL(X)
#undef X
	};
	size_t count = sizeof(numbers) / sizeof(numbers[0]);

	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t j = i + 1; j < count; j++)
			assert_int_not_equal(numbers[i], numbers[j]);
}

static void stages_have_names(void **state)
{
	(void)state;
	assert_string_equal(stage_name(STAGE_RESET), "reset");
	assert_string_equal(stage_name(STAGE_ENTER), "enter");
	assert_string_equal(stage_name((enum stage)(STAGE_ENTER + 1)), "?");
	assert_string_equal(stage_name((enum stage) - 1), "?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_failure_is_kept),
		cmocka_unit_test(sentence_begins_with_whom_it_is_about),
		cmocka_unit_test(long_text_is_cut_off),
		cmocka_unit_test(codes_are_stable_and_named),
		cmocka_unit_test(numbers_are_unique),
		cmocka_unit_test(stages_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
