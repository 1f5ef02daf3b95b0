/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ranges and checked sums against a model in 128-bit numbers: every combination of addresses and
 * sizes close to 0, to 2^32 and to 2^64.
 */
#include "base/range.h"
#include "test/unit/unit.h"

typedef unsigned __int128 wide;

#define EDGE 6

/* Numbers close to where something could wrap. */
static unsigned edges(uint64_t *value)
{
	static const uint64_t middle[] = { 0, 1ull << 32, 1ull << 63 };
	unsigned n = 0;

	for (unsigned i = 0; i < COUNT(middle); i++)
		for (uint64_t d = 0; d <= 2 * EDGE; d++)
			value[n++] = middle[i] + d - EDGE; /* wraps to the end of 2^64, too */
	return n;
}

#define EDGES (3 * (2 * EDGE + 1))

static void sums_and_products(void **state)
{
	uint64_t v[EDGES], out;
	unsigned n = edges(v);

	(void)state;
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < n; j++) {
			wide sum = (wide)v[i] + v[j];
			wide product = (wide)v[i] * v[j];

			out = 77;
			assert_int_equal(add_checked(v[i], v[j], &out), sum <= UINT64_MAX);
			if (sum <= UINT64_MAX)
				assert_true(out == (uint64_t)sum);
			assert_int_equal(mul_checked(v[i], v[j], &out), product <= UINT64_MAX);
			if (product <= UINT64_MAX)
				assert_true(out == (uint64_t)product);
		}
}

static void aligns_up(void **state)
{
	uint64_t v[EDGES], up;
	unsigned n = edges(v);

	(void)state;
	for (unsigned i = 0; i < n; i++)
		for (unsigned shift = 0; shift < 64; shift++) {
			uint64_t align = 1ull << shift;
			wide model = ((wide)v[i] + align - 1) / align * align;

			up = 77;
			if (align_up_checked(v[i], align, &up)) {
				assert_true(model <= UINT64_MAX);
				assert_true(up == (uint64_t)model);
			} else {
				assert_true(model > UINT64_MAX);
				assert_true(up == 77);
			}
		}
}

/* All ranges that range_make() lets through, and it lets through all that fit. */
static unsigned ranges(struct range *r)
{
	uint64_t v[EDGES];
	unsigned count = edges(v), n = 0;

	for (unsigned i = 0; i < count; i++)
		for (unsigned j = 0; j < count; j++) {
			bool fits = (wide)v[i] + v[j] <= (wide)UINT64_MAX + 1;

			assert_int_equal(range_make(&r[n], v[i], v[j]), fits);
			if (!fits)
				continue;
			assert_true(r[n].base == v[i] && r[n].size == v[j]);
			assert_true(range_end(r[n]) == v[i] + v[j]);
			n++;
		}
	return n;
}

static struct range all[EDGES * EDGES];

static void contains_and_overlaps(void **state)
{
	unsigned n = ranges(all);

	(void)state;
	assert_true(n > 500);
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < n; j++) {
			struct range a = all[i], b = all[j];
			wide a_end = (wide)a.base + a.size, b_end = (wide)b.base + b.size;
			bool contains = a.base <= b.base && b_end <= a_end;
			bool overlaps = a.size && b.size && a.base < b_end && b.base < a_end;

			assert_int_equal(range_contains(&a, &b), contains);
			assert_int_equal(range_overlaps(&a, &b), overlaps);
		}
}

/* Any of those counted, and no other. */
static void in_any(void **state)
{
	const struct range outer[] = { { 0x1000, 0x100 }, { 0x3000, 0x100 }, { 0x2000, 0x100 } };
	const struct range first = { 0x1080, 0x80 }, last = { 0x20ff, 1 }, none = { 0x10ff, 2 };

	(void)state;
	assert_true(range_in_any(outer, 3, &first));
	assert_true(range_in_any(outer, 3, &last));
	assert_false(range_in_any(outer, 2, &last));
	assert_false(range_in_any(outer, 3, &none));
	assert_false(range_in_any(outer, 0, &first));
}

/* The same, byte for byte, for small ranges: a model with no arithmetic in it. */
static void small_ranges_byte_by_byte(void **state)
{
	enum {
		TOP = 9
	};

	(void)state;
	for (unsigned code = 0; code < TOP * TOP * TOP * TOP; code++) {
		struct range a = { code % TOP, code / TOP % TOP };
		struct range b = { code / TOP / TOP % TOP, code / TOP / TOP / TOP };
		unsigned in_a = 0, in_b = 0;

		for (unsigned i = 0; i < a.size; i++)
			in_a |= 1u << (a.base + i);
		for (unsigned i = 0; i < b.size; i++)
			in_b |= 1u << (b.base + i);
		assert_int_equal(range_overlaps(&a, &b), (in_a & in_b) != 0);
		if (b.size)
			assert_int_equal(range_contains(&a, &b), (in_b & ~in_a) == 0);
	}
}

/* Every range added to every list of two, against a set of bytes of which the edges are looked at. */
static void lists_join(void **state)
{
	static const struct range list[] = { { 0x1000, 0x1000 }, { 0x4000, 0x1000 } };

	(void)state;
	for (uint64_t base = 0; base < 0x7000; base += 0x800)
		for (uint64_t size = 0x800; base + size < 0x7000; size += 0x800) {
			struct range r[3] = { list[0], list[1] };
			unsigned count = 2;

			assert_true(range_list_add(r, &count, 3, (struct range){ base, size }));
			for (unsigned i = 0; i < count; i++)
				for (unsigned k = 0; k < i; k++)
					assert_true(range_end(r[i]) < r[k].base ||
						    range_end(r[k]) < r[i].base);
			for (uint64_t at = 0; at < 0x8000; at += 0x400) {
				const struct range byte = { at, 1 };
				bool in = at - base < size || range_in_any(list, 2, &byte);

				assert_int_equal(range_in_any(r, count, &byte), in);
			}
		}
}

static void lists_end(void **state)
{
	struct range r[2] = { { 0, 1ull << 63 }, { (1ull << 63) + 2, 1 } };
	unsigned count = 2;

	(void)state;
	assert_false(range_list_add(r, &count, 2, (struct range){ UINT64_MAX - 1, 1 }));
	assert_int_equal(count, 2);
	assert_true(range_list_add(r, &count, 2, (struct range){ 1ull << 63, UINT64_MAX >> 1 }));
	assert_int_equal(count, 1);
	assert_int_equal(r[0].base, 0);
	assert_true(r[0].size == UINT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums_and_products),
		cmocka_unit_test(aligns_up),
		cmocka_unit_test(contains_and_overlaps),
		cmocka_unit_test(in_any),
		cmocka_unit_test(small_ranges_byte_by_byte),
		cmocka_unit_test(lists_join),
		cmocka_unit_test(lists_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
