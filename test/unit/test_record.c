/* SPDX-License-Identifier: BSD-2-Clause */
/* The boot record in memory, full and not; and what the console has of it, when. */
#include <stdlib.h>

#include "boot/console.c"
#include "boot/record.c"
#include "test/unit/features.h"
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

void watchdog_feed(void)
{
}

static char shown[1 << 16];
static unsigned shown_size;
static unsigned room; /* characters that the console takes at once */

void board_put(char c)
{
	assert_true(shown_size + 1 < sizeof(shown));
	shown[shown_size++] = c;
	shown[shown_size] = '\0';
	room -= room != 0;
}

bool board_has_room(void)
{
	return room;
}

static void add_entries(unsigned count)
{
	while (count--)
		record(STAGE_FIND, E_NO_IMAGE, 4, 5, "entry %u", count);
}

static int set_up(void **state)
{
	(void)state;
	memset(&memory, 0xa5, sizeof(memory));
	memset(&console, 0, sizeof(console));
	memset(&held, 0, sizeof(held));
	shown_size = room = 0;
	shown[0] = '\0';
	record_start();
	return 0;
}

static void test_full(void **state)
{
	(void)state;
	add_entries(RECORD_CAPACITY);
	assert_int_equal(memory.head.count, RECORD_CAPACITY);
	assert_int_equal(memory.head.dropped, 0);
	add_entries(7);
	assert_int_equal(memory.head.count, RECORD_CAPACITY);
	assert_int_equal(memory.head.dropped, 7);
	assert_string_equal(memory.entry[RECORD_CAPACITY - 1].what, "entry 0");
	assert_int_equal(memory.behind, 0xa5a5a5a5a5a5a5a5);
}

/* Nothing that is dropped is not counted. */
static void test_make_room(void **state)
{
	(void)state;
	add_entries(RECORD_CAPACITY / 2);
	record_make_room(RECORD_CAPACITY / 2);
	assert_int_equal(memory.head.count, RECORD_CAPACITY / 2);
	add_entries(RECORD_CAPACITY);
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
	shown_size = 0;
	add_entries(1);
	assert_int_equal(memory.head.count, 1);
	for (unsigned i = 0; i < RECORD_CAPACITY; i++)
		assert_int_equal(memory.entry[i].ticks, 0x5a5a5a5a5a5a5a5a);
	assert_int_equal(memory.behind, 0x5a5a5a5a5a5a5a5a);
	assert_non_null(strstr(shown, "NO_IMAGE       entry 0 "));
}

/* What stands behind "result" in each line, without spaces at the end. */
static void assert_shown(const char *const *what)
{
	const char *line = shown;

	for (; *what; what++) {
		char text[28];

		assert_memory_equal(line, "peerboot: [       1] 3 ", 23);
		snprintf(text, sizeof(text), "%.27s", line + 47);
		for (size_t i = strlen(text); i && text[i - 1] == ' '; i--)
			text[i - 1] = '\0';
		assert_string_equal(text, *what);
		line = strstr(line, "\r\n");
		assert_non_null(line);
		line += 2;
	}
	assert_string_equal(line, "");
}

#define ASSERT_SHOWN(...) assert_shown((const char *const[]){ __VA_ARGS__, NULL })

/* Of each stage one, as in a good boot up to the first start. */
static void begin(void)
{
	record(STAGE_RESET, 0, 0, 0, "virt 0.9");
	record(STAGE_FIND, 0, 1, 2, "boot image in slot a");
	record(STAGE_FIND, 0, 0, 0, "configuration x");
	record_unshown(STAGE_PLAN, 3, 4, "b memory");
	record(STAGE_PLAN, 0, 0, 1, "claims");
	record_show_some();
	record(STAGE_START, 0, 5, 0, "b core 2");
}

static void test_nobody_waits(void **state)
{
	(void)state;
	room = 1000;
	begin();
	assert_int_equal(shown_size, 0);
	room = 5;
	record_let_out();
	assert_string_equal(shown, "peerb");
	record_show_some();
	assert_string_equal(shown, "peerb");
	room = 1;
	record(STAGE_LOAD, 0, 0, 0, "linux kernel 0");
	assert_string_equal(shown, "peerbo");
	room = 1000;
	record_show_some();
	ASSERT_SHOWN("virt 0.9", "boot image in slot a", "b core 2");
	room = 0;
	record(STAGE_ENTER, 0, 0, 0, "linux core 0");
	ASSERT_SHOWN("virt 0.9", "boot image in slot a", "b core 2");
	record_show_all();
	ASSERT_SHOWN("virt 0.9", "boot image in slot a", "b core 2", "linux core 0");
}

static void test_error_shows_all(void **state)
{
	(void)state;
	begin();
	record(STAGE_LOAD, E_HASH_WRONG, 0, 0, "c");
	ASSERT_SHOWN("virt 0.9", "boot image in slot a", "configuration x", "b memory", "claims",
		     "b core 2", "c");
	record(STAGE_FDT, 0, 0, 0, "device tree");
	ASSERT_SHOWN("virt 0.9", "boot image in slot a", "configuration x", "b memory", "claims",
		     "b core 2", "c", "device tree");
}

/* What was passed over comes then, too, each line once. */
static void test_error_after_some(void **state)
{
	(void)state;
	begin();
	room = 1000;
	record_let_out();
	room = 0;
	record(STAGE_LOAD, E_HASH_WRONG, 0, 0, "c");
	ASSERT_SHOWN("virt 0.9", "boot image in slot a", "b core 2", "configuration x", "b memory",
		     "claims", "c");
}

/* A line that is half out is ended first. */
static void test_error_in_a_line(void **state)
{
	(void)state;
	record(STAGE_RESET, 0, 0, 0, "virt 0.9");
	room = 30;
	record_let_out();
	assert_int_equal(shown_size, 30);
	console_line("error");
	assert_non_null(strstr(shown, "virt 0.9 "));
	assert_non_null(strstr(shown, " 0x0\r\npeerboot: error\r\n"));
}

/* Claims are in the table that comes then. */
static void test_in_full(void **state)
{
	(void)state;
	record_in_full();
	assert_true(record_is_in_full());
	begin();
	ASSERT_SHOWN("virt 0.9", "boot image in slot a", "configuration x", "claims", "b core 2");
}

/* Those of a check that are dropped are not missed, nor is what comes in their place. */
static void test_dropped_before_shown(void **state)
{
	(void)state;
	begin();
	record_let_out();
	record_drop_behind(1);
	record(STAGE_FIND, 0, 1, 2, "boot image in slot b");
	record_show_all();
	ASSERT_SHOWN("virt 0.9", "boot image in slot b");
}

/* Nothing of it is lost on a console that shows all. */
static void test_full_in_full(void **state)
{
	(void)state;
	add_entries(RECORD_CAPACITY);
	shown_size = 0;
	record(STAGE_FIND, 0, 0, 0, "no room");
	ASSERT_SHOWN("no room");
}

/* What somebody else has recorded is not shown again. */
static void test_continued(void **state)
{
	(void)state;
	begin();
	memset(&console, 0, sizeof(console));
	record_continue();
	record(STAGE_RESET, 0, 0, 0, "bootstrap");
	record_show_all();
	ASSERT_SHOWN("bootstrap");
}

static void test_now(void **state)
{
	(void)state;
	test_features.console_now = true;
	record(STAGE_RESET, 0, 0, 0, "virt 0.9");
	record(STAGE_FIND, 0, 0, 0, "configuration x");
	test_features.console_now = false;
	ASSERT_SHOWN("virt 0.9", "configuration x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_full, set_up),
		cmocka_unit_test_setup(test_make_room, set_up),
		cmocka_unit_test_setup(test_not_started, set_up),
		cmocka_unit_test_setup(test_nobody_waits, set_up),
		cmocka_unit_test_setup(test_error_shows_all, set_up),
		cmocka_unit_test_setup(test_error_after_some, set_up),
		cmocka_unit_test_setup(test_error_in_a_line, set_up),
		cmocka_unit_test_setup(test_in_full, set_up),
		cmocka_unit_test_setup(test_dropped_before_shown, set_up),
		cmocka_unit_test_setup(test_full_in_full, set_up),
		cmocka_unit_test_setup(test_continued, set_up),
		cmocka_unit_test_setup(test_now, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
