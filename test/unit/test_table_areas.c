/* SPDX-License-Identifier: BSD-2-Clause */
/* Carve-outs and traces: those with a place, and those that get one. */
#include "test/unit/table_scene.h"

struct seen {
	struct table_area area[8];
	unsigned count, stop_at;
};

static int see(void *arg, const struct table_area *area)
{
	struct seen *seen = arg;

	seen->area[seen->count++] = *area;
	return seen->count == seen->stop_at ? 42 : 0;
}

static uint32_t linked;

static int fill_areas(struct firmware *f, struct range memory, struct seen *seen)
{
	struct table t;
	struct firmware *filled = open_table(&t, f);
	int rc;

	memset(&said, 0, sizeof(said));
	rc = table_fill_areas(&t, memory, linked, "b", see, seen, &said);

	*f = *filled;
	drop(&t);
	return rc;
}

static void test_areas(void **state)
{
	const struct range memory = { 0x5d040000, 0x10000 };
	struct firmware f = good;
	struct seen seen = { 0 };

	(void)state;
	f.devmem.pa = RESOURCE_ANY; /* a device is not ours */
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	assert_int_equal(seen.count, 3);
	assert_int_equal(seen.area[0].type, RESOURCE_CARVEOUT);
	assert_part(seen.area[0].part, 0x5d042000, 0x1800); /* around carveout2 */
	assert_memory_equal(seen.area[0].name, "heap", 5);
	assert_int_equal(f.carveout.da, 0x5d042000);
	assert_int_equal(f.carveout.pa, 0x5d042000);
	assert_int_equal(seen.area[1].type, RESOURCE_TRACE);
	assert_part(seen.area[1].part, 0x5d004000, 0x4000);
	assert_int_equal(seen.area[2].type, RESOURCE_CARVEOUT);
	assert_int_equal(seen.area[2].part.base, 0x5d041000);
	assert_int_equal(f.carveout2.pa, 0x5d041000);
	assert_memory_equal(&f.devmem.da, &good.devmem.da, 4);

	f = good;
	f.trace.da = RESOURCE_ANY; /* nobody chooses: the planner leaves it out */
	seen = (struct seen){ .stop_at = 2 };
	assert_int_equal(fill_areas(&f, memory, &seen), 42);
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.area[1].part.base, RESOURCE_ANY);
	assert_int_equal(f.trace.da, RESOURCE_ANY);
}

/* Those of a vdev that a link uses are the link's. */
static void test_areas_of_links(void **state)
{
	const struct range memory = { 0x5d040000, 0x10000 };
	struct firmware f = named("vdev0vring0", "b");
	struct seen seen = { 0 };

	(void)state;
	f.carveout2.da = RESOURCE_ANY;
	linked = 1;
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	assert_int_equal(seen.count, 2);
	assert_int_equal(f.carveout.da, RESOURCE_ANY);
	assert_int_equal(f.carveout2.da, 0x5d040000);

	linked = 2; /* another vdev: nobody's */
	f = named("vdev0vring0", "b");
	seen.count = 0;
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	assert_int_equal(seen.count, 3);
	assert_int_equal(f.carveout.da, 0x5d042000);
	linked = 0;
}

static void test_areas_refused(void **state)
{
	struct range memory = { 0x5d042000, 0x2000 };
	struct seen seen = { 0 };
	struct firmware f = good;

	(void)state;
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	f = good, memory.size--;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_NO_ROOM);
	says("entry 0");
	says("heap");
	memory.size = 0x10000;
	f = good, f.carveout.len = 0xffffffff;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_NO_ROOM);
	f = good, f.carveout.da = 0x5d050000, f.carveout2.len = 0xffffffff;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_BROKEN);
	says("entry 6");
	says("a name of thirty-two characters.,"); /* and no more */
	says("0x5d041000, ends past");
}

/* Somebody's own entry at the table's end, shorter than an area: nothing behind it is read. */
static void test_areas_and_a_short_last_entry(void **state)
{
	const uint32_t words[] = { 1, 1, 0, 0, 20, VENDOR_OTHER };
	struct seen seen = { 0 };
	struct error e;
	struct table t;

	(void)state;
	assert_int_equal(read_copy(&t, words, sizeof(words), &e), 0);
	assert_int_equal(table_fill_areas(&t, plain.memory, 0, "b", see, &seen, &e), 0);
	assert_int_equal(seen.count, 0);
	drop(&t);
}

/* Two ANY carve-outs must not get one place. */
static void test_areas_apart(void **state)
{
	struct seen seen = { 0 };
	struct firmware f = good;

	(void)state;
	f.carveout2.da = RESOURCE_ANY;
	assert_int_equal(fill_areas(&f, (struct range){ 0x5d040001, 0x10000 }, &seen), 0);
	assert_int_equal(f.carveout.da, 0x5d041000);
	assert_int_equal(f.carveout2.da, 0x5d043000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_areas_of_links),
		cmocka_unit_test(test_areas_refused),
		cmocka_unit_test(test_areas_and_a_short_last_entry),
		cmocka_unit_test(test_areas_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
