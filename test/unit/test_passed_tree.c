/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree that the loader is passed: memory is an array here, from RAM on. */
#include <libfdt.h>

#include "boot/stage/tree.c"
#include "test/unit/unit.h"

#define RAM	 0x08000000u
#define LOADER	 (RAM + 0x1000)
#define RECORD	 (RAM + 0x2000)
#define STAGING	 (RAM + 0x3000)
#define ROOM	 0x1000u
#define RECEIVED (RAM + 0x4000)
#define END	 (RAM + 0x7000)
#define GOOD	 (RAM + 0x5800)

static _Alignas(8) uint8_t memory[END - RAM];

void *arch_pointer(phys_addr_t address)
{
	return memory +
	       (address - RAM); /* looked into only if it is there: the sanitizer sees to that */
}

static const struct board_claim claim = { "memory", { LOADER, ROOM }, 1 };
static const struct board_map maps[] = {
	{ { END, ROOM }, MAP_DEVICE },
	{ { RAM, END - RAM }, MAP_RAM },
};
static const struct board board_here = {
	.fdt_source = { RAM + 0x6000, ROOM },
	.fdt_passed = true,
	.staging = { STAGING, ROOM },
	.record = { RECORD, ROOM },
	.slot[BOARD_RECEIVED] = { RECEIVED, ROOM },
	.claims = &claim,
	.claim_count = 1,
	.maps = maps,
	.map_count = 2,
};

static void put_tree(phys_addr_t at, uint32_t size)
{
	struct fdt_header *h = arch_pointer(at);

	memset(memory, 0, sizeof(memory));
	fdt_set_magic(h, FDT_MAGIC);
	fdt_set_totalsize(h, size);
}

static int check(phys_addr_t passed)
{
	struct error e = { 0 };

	return stage_take_passed(&board_here, passed, &e);
}

static void it_is_where_it_is_said_to_be(void **state)
{
	struct bytes tree;

	(void)state;
	put_tree(GOOD, 0x800);
	assert_int_equal(check(GOOD), 0);
	tree = stage_board_tree(&board_here);
	assert_ptr_equal(tree.data, arch_pointer(GOOD));
	assert_int_equal(tree.size, 0x800);
}

static void nothing_is_passed(void **state)
{
	(void)state;
	assert_int_equal(check(0), E_FDT_MISSING);
}

static void it_is_in_ram(void **state)
{
	static const phys_addr_t outside[] = {
		8, RAM - 8, END - 8, END, UINT64_MAX - 7, 1ull << 32
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		assert_int_equal(check(outside[i]), E_OUTSIDE_MAP);
}

/* As far as its header says. */
static void its_end_is_in_ram(void **state)
{
	(void)state;
	put_tree(GOOD, END - GOOD);
	assert_int_equal(check(GOOD), 0);
	put_tree(GOOD, END - GOOD + 1);
	assert_int_equal(check(GOOD), E_OUTSIDE_MAP);
}

/* What looks like one there is what is about to be written over. */
static void it_is_not_the_loaders(void **state)
{
	static const phys_addr_t over[] = { LOADER,  LOADER - 8,	 RECORD,
					    STAGING, STAGING + ROOM - 8, RECEIVED };

	(void)state;
	for (unsigned i = 0; i < sizeof(over) / sizeof(over[0]); i++) {
		put_tree(over[i], 0x100);
		assert_int_equal(check(over[i]), E_OVERLAP);
	}
	put_tree(RAM, ROOM);
	assert_int_equal(check(RAM), 0);
	put_tree(RAM, ROOM + 1);
	assert_int_equal(check(RAM), E_OVERLAP);
}

static void it_is_a_tree(void **state)
{
	(void)state;
	put_tree(GOOD, 0x800);
	assert_int_equal(check(GOOD + 8), E_FDT_BROKEN);
	put_tree(GOOD + 4, 0x800);
	assert_int_equal(check(GOOD + 4), E_FDT_BROKEN);
	put_tree(GOOD, 0); /* nothing of it would be anywhere */
	assert_int_equal(check(GOOD), E_FDT_BROKEN);
	put_tree(GOOD, sizeof(struct fdt_header) - 1);
	assert_int_equal(check(GOOD), E_FDT_BROKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_where_it_is_said_to_be),
		cmocka_unit_test(nothing_is_passed),
		cmocka_unit_test(it_is_in_ram),
		cmocka_unit_test(its_end_is_in_ram),
		cmocka_unit_test(it_is_not_the_loaders),
		cmocka_unit_test(it_is_a_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
