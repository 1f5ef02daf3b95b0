/* SPDX-License-Identifier: BSD-2-Clause */
/* The boot record in memory, full and not. */
#include "boot/record.c"
#include "test/unit/unit.h"

static struct {
	struct record_header head;
	struct record_entry entry[RECORD_CAPACITY];
	uint64_t behind;
} memory;

const struct board board;

void *arch_pointer(phys_addr_t address)
{
	assert_int_equal(address, board.record.base);
	return &memory;
}

void arch_clean(const void *from, size_t size)
{
	(void)from, (void)size;
}

uint64_t clock_ticks(void)
{
	return 1;
}

uint32_t clock_frequency(void)
{
	return 2;
}

core_id_t arch_core(void)
{
	return 3;
}

void console_put_line(const char *format, ...)
{
	(void)format;
}

static void put(unsigned count)
{
	while (count--)
		record(STAGE_FIND, E_NO_IMAGE, 4, 5, "entry %u", count);
}

static int set_up(void **state)
{
	(void)state;
	memset(&memory, 0xa5, sizeof(memory));
	record_start();
	return 0;
}

static void test_full(void **state)
{
	(void)state;
	put(RECORD_CAPACITY);
	assert_int_equal(memory.head.count, RECORD_CAPACITY);
	assert_int_equal(memory.head.dropped, 0);
	put(7);
	assert_int_equal(memory.head.count, RECORD_CAPACITY);
	assert_int_equal(memory.head.dropped, 7);
	assert_string_equal(memory.entry[RECORD_CAPACITY - 1].what, "entry 0");
	assert_int_equal(memory.behind, 0xa5a5a5a5a5a5a5a5);
}

/* Nothing that is dropped is not counted. */
static void test_make_room(void **state)
{
	(void)state;
	put(RECORD_CAPACITY / 2);
	record_make_room(RECORD_CAPACITY / 2);
	assert_int_equal(memory.head.count, RECORD_CAPACITY / 2);
	put(RECORD_CAPACITY);
	record_make_room(RECORD_CAPACITY / 2);
	assert_int_equal(memory.head.count, 0);
	assert_int_equal(memory.head.dropped, RECORD_CAPACITY * 3 / 2);
	record(STAGE_FIND, 0, 0, 0, "boot image in memory");
	assert_int_equal(memory.head.count, 1);
	assert_string_equal(memory.entry[0].what, "boot image in memory");
}

/* A fault may be recorded before there is a record: what lies there says nothing. */
static void test_not_started(void **state)
{
	(void)state;
	memset(&memory, 0x5a, sizeof(memory));
	memory.head.count = 1;
	put(1);
	assert_int_equal(memory.head.count, 1);
	for (unsigned i = 0; i < RECORD_CAPACITY; i++)
		assert_int_equal(memory.entry[i].ticks, 0x5a5a5a5a5a5a5a5a);
	assert_int_equal(memory.behind, 0x5a5a5a5a5a5a5a5a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_full, set_up),
		cmocka_unit_test_setup(test_make_room, set_up),
		cmocka_unit_test(test_not_started),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
