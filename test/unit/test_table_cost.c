/* SPDX-License-Identifier: BSD-2-Clause */
/* A table that is made to take long is read in a time that does not matter, by what is looked up for it. */
#include "test/unit/unit.h"
#include "resource_table/table.h"

#define NAMED 8 /* carve-outs that are places by their names */

static unsigned long looked_up;

/* The linker puts these in front of what other files call. */
struct table_entry __real_table_entry(const struct table *t, unsigned i);
struct table_entry __wrap_table_entry(const struct table *t, unsigned i)
{
	looked_up++;
	return __real_table_entry(t, i);
}

struct resource_carveout *__real_table_find_place(const struct table *t, unsigned vdev,
						  enum link_place place);
struct resource_carveout *__wrap_table_find_place(const struct table *t, unsigned vdev,
						  enum link_place place)
{
	looked_up += t->count; /* each entry once */
	return __real_table_find_place(t, vdev, place);
}

static int take(void *arg, const struct table_area *area)
{
	(void)area;
	++*(unsigned *)arg;
	return 0;
}

/* As many carve-outs at ANY as @carveouts, and the rest of the longest table's room one trace, again and again. */
static struct table worst(uint8_t data[RESOURCE_TABLE_MAX], unsigned carveouts)
{
	const struct resource_trace trace = { RESOURCE_TRACE, 0x5d000000, 0x1000, 0, "trace" };
	const size_t carveout = sizeof(struct resource_carveout);
	size_t left = RESOURCE_TABLE_MAX - sizeof(struct resource_table) - sizeof(trace);
	struct resource_table *head = (void *)data;
	struct error e = { 0 };
	struct table t;

	memset(data, 0, RESOURCE_TABLE_MAX);
	head->ver = RESOURCE_TABLE_VERSION;
	head->num = (uint32_t)(left - carveouts * carveout) / 4;
	memcpy(data + RESOURCE_TABLE_MAX - sizeof(trace), &trace, sizeof(trace));
	for (unsigned i = 0; i < head->num; i++) {
		struct resource_carveout c = { RESOURCE_CARVEOUT, RESOURCE_ANY, 0, 1, 0, 0, "" };
		size_t at = RESOURCE_TABLE_MAX - sizeof(trace) - (i + 1) * carveout;

		head->offset[i] = RESOURCE_TABLE_MAX - sizeof(trace);
		if (i >= carveouts)
			continue;
		strcpy((char *)c.name, i < NAMED ? "vdev31buffer" : "heap");
		memcpy(data + at, &c, sizeof(c));
		head->offset[i] = (uint32_t)at;
	}
	if (table_read(&t, data, RESOURCE_TABLE_MAX, "b", &e))
		fail_msg("%s", e.text);
	return t;
}

/* For each carve-out the places of all vdevs, each by one pass over the table. */
static void carveouts_times_entries(void **state)
{
	const struct range memory = { 0x5d000000, 0x1000000 };
	uint8_t data[RESOURCE_TABLE_MAX];

	(void)state;
	for (unsigned carveouts = 0; carveouts < 33; carveouts++) {
		struct table t = worst(data, carveouts);
		struct error e = { 0 };
		unsigned areas = 0;

		looked_up = 0;
		assert_int_equal(table_fill_areas(&t, memory, UINT32_MAX, "b", take, &areas, &e),
				 0);
		assert_true(areas >= t.count - carveouts);
		assert_true(looked_up <=
			    (carveouts * (LINK_PLACES * TABLE_VDEVS + 2ul * carveouts + 4) + 2ul) *
				    t.count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(carveouts_times_entries) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
