/* SPDX-License-Identifier: BSD-2-Clause */
/* The claims' check against a model: bit sets of bytes, for all small sets of claims. */
#include "boot/plan/claim.h"
#include "test/unit/unit.h"

#define SPACE 6 /* addresses 0 … SPACE - 1 */

static const struct range ram[] = { { 0, SPACE } };

static struct claim claim(uint64_t base, uint64_t size, unsigned phases, int parent)
{
	return (struct claim){ .range = { base, size },
			       .owner = "owner",
			       .what = "what",
			       .phases = phases,
			       .parent = parent,
			       .context = -1 };
}

static int add(struct claims *c, struct claim claim, struct error *e)
{
	return claim_add(c, &claim, e);
}

static int check(const struct claims *c, const struct claim *culprit[2])
{
	struct error e = { 0 };
	int code = claims_check(c, ram, COUNT(ram), culprit, &e);

	assert_int_equal(code, e.code);
	return code;
}

static unsigned bits(struct range r)
{
	return ((1u << r.size) - 1) << r.base;
}

/* The @n-th of all non-empty ranges in SPACE. */
static struct range nth_range(unsigned n)
{
	for (unsigned base = 0; base < SPACE; base++)
		for (unsigned size = 1; size <= SPACE - base; size++)
			if (!n--)
				return (struct range){ base, size };
	return (struct range){ 0, 0 };
}

#define RANGES (SPACE * (SPACE + 1) / 2)

/* Every pair of ranges, in either order, in every pair of phases, unrelated or child of parent. */
static void pairs(void **state)
{
	unsigned refused = 0;

	(void)state;
	for (unsigned i = 0; i < RANGES; i++)
		for (unsigned j = 0; j < RANGES; j++)
			for (unsigned phases = 0; phases < 9; phases++)
				for (int parent = -1; parent <= 0; parent++) {
					struct claims c = { .count = 0 };
					struct error e = { 0 };
					const struct claim *culprit[2];
					struct range a = nth_range(i), b = nth_range(j);
					unsigned pa = 1 + phases % 3, pb = 1 + phases / 3;
					unsigned shared = bits(a) & bits(b);
					bool fine = !(pa & pb) || !shared ||
						    (parent == 0 && shared == bits(b));

					add(&c, claim(a.base, a.size, pa, -1), &e);
					add(&c, claim(b.base, b.size, pb, parent), &e);
					assert_int_equal(check(&c, culprit), fine ? 0 : E_OVERLAP);
					assert_ptr_equal(culprit[0], fine ? NULL : &c.claim[0]);
					assert_ptr_equal(culprit[1], fine ? NULL : &c.claim[1]);
					refused += !fine;
				}
	assert_true(refused > 1000);
}

/* Three in all places: the later two may be children of the first, or the third of the second. */
static void triples(void **state)
{
	static const int parents[][2] = { { -1, -1 }, { -1, 0 }, { -1, 1 },
					  { 0, -1 },  { 0, 0 },	 { 0, 1 } };

	(void)state;
	for (unsigned n = 0; n < RANGES * RANGES * RANGES; n++) {
		struct range r[3] = { nth_range(n % RANGES), nth_range(n / RANGES % RANGES),
				      nth_range(n / RANGES / RANGES) };

		for (unsigned k = 0; k < COUNT(parents); k++) {
			int parent[3] = { -1, parents[k][0], parents[k][1] };
			struct claims c = { .count = 0 };
			struct error e = { 0 };
			const struct claim *culprit[2];
			bool fine = true;

			for (int i = 0; i < 3; i++) {
				add(&c, claim(r[i].base, r[i].size, CLAIM_ALWAYS, parent[i]), &e);
				for (int j = 0; j < i; j++) {
					unsigned shared = bits(r[i]) & bits(r[j]);
					bool descends = parent[i] == j ||
							(parent[i] >= 0 && parent[parent[i]] == j);

					fine &= !shared || (descends && shared == bits(r[i]));
				}
			}
			assert_int_equal(check(&c, culprit), fine ? 0 : E_OVERLAP);
		}
	}
}

static void all_of_a_claim_in_one_range_of_ram(void **state)
{
	static const struct range two[] = { { 2, 3 }, { 5, 4 }, { 20, 5 } };

	(void)state;
	for (uint64_t base = 0; base < 30; base++)
		for (uint64_t size = 1; size < 30; size++) {
			struct claims c = { .count = 0 };
			struct error e = { 0 };
			const struct claim *culprit[2];
			bool fine = false;

			add(&c, claim(base, size, CLAIM_LOADING, -1), &e);
			for (unsigned i = 0; i < COUNT(two); i++)
				fine |= base >= two[i].base &&
					base + size <= two[i].base + two[i].size;
			assert_int_equal(claims_check(&c, two, COUNT(two), culprit, &e),
					 fine ? 0 : E_OUTSIDE_RAM);
			assert_ptr_equal(culprit[0], fine ? NULL : &c.claim[0]);
			assert_null(culprit[1]);
		}
}

static void ends_of_the_address_space(void **state)
{
	static const struct range everything = { 0, UINT64_MAX };
	static const struct range last_page = { UINT64_MAX - 4095, 4096 };
	struct claims c = { .count = 0 };
	struct error e = { 0 };
	const struct claim *culprit[2];

	(void)state;
	add(&c, claim(last_page.base, last_page.size, CLAIM_ALWAYS, -1), &e);
	assert_int_equal(claims_check(&c, &last_page, 1, culprit, &e), 0);
	add(&c, claim(0, 4096, CLAIM_ALWAYS, -1), &e);
	assert_int_equal(claims_check(&c, &last_page, 1, culprit, &e), E_OUTSIDE_RAM);
	assert_ptr_equal(culprit[0], &c.claim[1]);
	e.code = 0;
	assert_int_equal(claims_check(&c, &everything, 1, culprit, &e), E_OUTSIDE_RAM);
}

static void an_overlap_names_both_sides(void **state)
{
	struct claims c = { .count = 0 };
	struct error e = { 0 };
	const struct claim *culprit[2];
	struct claim a = claim(1, 3, CLAIM_ALWAYS, -1), b = claim(3, 2, CLAIM_ALWAYS, -1);
	static const char *const wanted[] = { "loader stack", "b segment 7", "0x00000001",
					      "0x00000004",   "0x00000003",  "0x00000005" };

	(void)state;
	a.owner = "loader";
	a.what = "stack";
	b.owner = "b";
	b.what = "segment";
	b.number = 7;
	b.numbered = true;
	claim_add(&c, &a, &e);
	claim_add(&c, &b, &e);
	assert_int_equal(claims_check(&c, ram, COUNT(ram), culprit, &e), E_OVERLAP);
	assert_string_equal(culprit[0]->owner, "loader");
	assert_string_equal(culprit[1]->owner, "b");
	for (unsigned i = 0; i < COUNT(wanted); i++)
		if (!strstr(e.text, wanted[i]))
			fail_msg("\"%s\" does not say \"%s\"", e.text, wanted[i]);
}

static void empty_claims_are_left_out_and_full_is_an_error(void **state)
{
	static struct claims c;
	struct error e = { 0 };

	(void)state;
	assert_int_equal(add(&c, claim(UINT64_MAX, 0, CLAIM_ALWAYS, -1), &e), 0);
	assert_int_equal(c.count, 0);
	for (unsigned i = 0; i < CLAIMS_MAX; i++)
		assert_int_equal(add(&c, claim(i, 1, CLAIM_ALWAYS, -1), &e), 0);
	assert_int_equal(add(&c, claim(1000, 1, CLAIM_ALWAYS, -1), &e), E_TOO_MANY);
	assert_int_equal(c.count, CLAIMS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs),
		cmocka_unit_test(triples),
		cmocka_unit_test(all_of_a_claim_in_one_range_of_ram),
		cmocka_unit_test(ends_of_the_address_space),
		cmocka_unit_test(an_overlap_names_both_sides),
		cmocka_unit_test(empty_claims_are_left_out_and_full_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
