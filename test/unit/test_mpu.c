/* SPDX-License-Identifier: BSD-2-Clause */
/* How ranges are divided into an MPU's regions, byte for byte by a model of the hardware. */
#include "arch/armv7-r/mpu.c"
#include "test/unit/unit.h"

#define PAGE	    0x1000ull
#define REGIONS_MAX 16 /* of a Cortex-R5 */

/* What the hardware makes of it: is the page at @at in the region? */
static bool has(const struct mpu_region *r, uint64_t at)
{
	const uint64_t size = 1ull << r->log2;

	return at - r->base < size && !(r->without >> (at - r->base) / (size / 8) & 1);
}

/* Regions that a range takes, each as the architecture wants it. */
static unsigned divide(struct mpu_region *r, uint64_t from, uint64_t size)
{
	unsigned n = 0;

	for (uint64_t taken; size; from += taken, size -= taken) {
		assert_true(n < REGIONS_MAX);
		taken = mpu_first_region(&r[n], (uint32_t)from, size);
		assert_true(taken && taken <= size);
		assert_in_range(r[n].log2, 12, 32);
		assert_int_equal(r[n].base % (1ull << r[n].log2), 0);
		n++;
	}
	return n;
}

static void expect_exactly(uint64_t from, uint64_t size, uint64_t window, uint64_t window_size)
{
	struct mpu_region r[REGIONS_MAX];
	const unsigned count = divide(r, from, size);

	for (uint64_t at = window; at < window + window_size; at += PAGE) {
		bool covered = false;

		for (unsigned n = 0; n < count; n++)
			covered |= has(&r[n], at);
		assert_int_equal(covered, at >= from && at < from + size);
	}
}

/* All ranges of whole pages within 64 pages, at the start, amid and at the end of the addresses. */
static void covers_what_it_should_and_nothing_else(void **state)
{
	static const uint64_t windows[] = { 0, 0x2c0c0000, 0x100000000 - 64 * PAGE };

	(void)state;
	for (unsigned w = 0; w < COUNT(windows); w++)
		for (uint64_t first = 0; first < 64; first++)
			for (uint64_t pages = 1; pages <= 64 - first; pages++)
				expect_exactly(windows[w] + first * PAGE, pages * PAGE, windows[w],
					       64 * PAGE);
}

static void takes_few_regions(void **state)
{
	static const struct {
		uint64_t from, size;
		unsigned regions;
	} cases[] = {
		{ 0, PAGE, 1 },
		{ 0x2d000000, 0x1000000, 1 },
		{ 0x2c200000, 0x200000, 1 },
		{ 0xffa80000, 0x80000, 1 },
		{ 0, 0x100000000, 1 },
		{ 0x20000000, 0xe0000000, 1 }, /* seven eighths of all */
		{ 0x2c100000, 0x300000, 1 },   /* three eighths of 8 MiB, the first one left out */
		{ 0x2c0ff000, 0x2000, 2 },     /* across a boundary */
		{ 0x1000, 0xffffe000, 16 },    /* what is worst */
	};
	struct mpu_region r[REGIONS_MAX];

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++)
		assert_in_range(divide(r, cases[i].from, cases[i].size), 1, cases[i].regions);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(covers_what_it_should_and_nothing_else),
		cmocka_unit_test(takes_few_regions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
