/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The driver with a chip that is played here: whenever the driver looks at the clock, the chip puts
 * its status, as a script says, where the driver reads it next.
 */
#include "base/error.h"
#include "boot/flash/cfi_intel.h"
#include "test/unit/unit.h"

#define LIMIT	   10
#define READY	   0x00800080u
#define READ_ARRAY 0x00ff00ffu
#define ERASED	   0xffffffffu

static uint32_t word[4];

static struct {
	uint64_t now, ready_at;
	uint32_t ready;	  /* status then; 0 before */
	uint32_t command; /* last written before the first look at the clock */
	bool started;
	unsigned at; /* index of the word that is busy */
} chip;

static uint64_t ticks(void)
{
	if (!chip.started)
		chip.command = word[chip.at];
	chip.started = true;
	word[chip.at] = chip.now >= chip.ready_at ? chip.ready : 0;
	return chip.now++;
}

static const struct cfi_intel cfi = {
	.flash = { sizeof(word), cfi_intel_read, cfi_intel_write, cfi_intel_erase },
	.base = word,
	.ticks = ticks,
	.write_limit = LIMIT,
	.erase_limit = 3 * LIMIT,
};

static void start(uint64_t ready_at, uint32_t ready)
{
	memset(word, 0xff, sizeof(word));
	memset(&chip, 0, sizeof(chip));
	chip.ready_at = ready_at;
	chip.ready = ready;
}

static int write(uint32_t offset, uint32_t value)
{
	chip.at = offset / 4;
	return cfi.flash.write(&cfi.flash, offset, value);
}

static int erase(void)
{
	return cfi.flash.erase(&cfi.flash, 0);
}

static void test_done(void **state)
{
	(void)state;
	start(0, READY);
	assert_int_equal(write(8, 0x12345678), 0);
	assert_int_equal(chip.command, 0x12345678);
	assert_int_equal(word[2], READ_ARRAY);
	assert_int_equal(word[1], ERASED);
	start(LIMIT / 2, READY);
	assert_int_equal(write(0, 0), 0);
	start(2 * LIMIT, READY);
	assert_int_equal(erase(), 0);
	assert_int_equal(chip.command, 0x00d000d0);
	assert_int_equal(word[0], READ_ARRAY);
}

static void test_never_done(void **state)
{
	(void)state;
	start(UINT64_MAX, READY);
	assert_int_equal(write(0, 0), E_FLASH_WRITE);
	assert_in_range(chip.now, LIMIT, LIMIT + 5);
	assert_int_equal(word[0], READ_ARRAY);
	start(UINT64_MAX, READY);
	assert_int_equal(erase(), E_FLASH_ERASE);
	assert_in_range(chip.now, 3 * LIMIT, 3 * LIMIT + 5);
}

/* One of the two chips is ready, and the other never. */
static void test_half_done(void **state)
{
	(void)state;
	for (unsigned shift = 0; shift <= 16; shift += 16) {
		start(0, 0x80u << shift);
		assert_int_equal(write(0, 0), E_FLASH_WRITE);
		start(0, 0x80u << shift);
		assert_int_equal(erase(), E_FLASH_ERASE);
	}
}

static void test_failed(void **state)
{
	static const uint32_t failures[] = { 0x02, 0x08, 0x10, 0x20 };

	(void)state;
	for (size_t i = 0; i < COUNT(failures); i++)
		for (unsigned shift = 0; shift <= 16; shift += 16) {
			start(0, READY | failures[i] << shift);
			assert_int_equal(write(0, 0), E_FLASH_WRITE);
			assert_int_equal(word[0], READ_ARRAY);
			start(0, READY | failures[i] << shift);
			assert_int_equal(erase(), E_FLASH_ERASE);
		}
}

/* No command is given, and nothing changed, for a word that would set a bit. */
static void test_no_bit_is_set(void **state)
{
	(void)state;
	start(0, READY);
	word[0] = 0x0000ffff;
	assert_int_equal(write(0, 0x00010000), E_FLASH_WRITE);
	assert_false(chip.started);
	assert_int_equal(word[0], 0x0000ffff);
	assert_int_equal(write(0, 0x00001234), 0);
}

static void test_read(void **state)
{
	uint32_t got[2];

	(void)state;
	start(0, READY);
	word[1] = 5;
	word[2] = 6;
	cfi.flash.read(&cfi.flash, 4, got, sizeof(got));
	assert_int_equal(got[0], 5);
	assert_int_equal(got[1], 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_done),	      cmocka_unit_test(test_never_done),
		cmocka_unit_test(test_half_done),     cmocka_unit_test(test_failed),
		cmocka_unit_test(test_no_bit_is_set), cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
