/* SPDX-License-Identifier: BSD-2-Clause */
/* What an image's trace says of a link. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BOARD_MEMORY_MAP "boot/board/virt/memory_map.h" /* of no account here */

static char said[512];

static int say(const char *format, ...)
{
	size_t used = strlen(said);
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(said + used, sizeof(said) - used, format, args);
	va_end(args);
	return size;
}

#define printf say
#include "images/lib/report.c"
#undef printf
#include "test/unit/unit.h"

static struct link_session words = { .layout = { 0xab, 0xcd } };
static const uint8_t status;
static struct image_link l = { .about.name = { "own", "peer" },
			       .session = &words,
			       .rpmsg.status = &status };

uint64_t clock_ticks(void)
{
	return 1000000000000;
}

static const char *report(void)
{
	said[0] = 0;
	image_link_report(&l);
	return said;
}

static void says_what_has_changed_once(void **state)
{
	struct rpmsg_counters *c = &l.rpmsg.counters;

	(void)state;
	assert_string_equal(report(), "");
	c->broken++;
	assert_string_equal(report(), "own: link broken by peer\n");
	assert_string_equal(report(), "");
	c->mismatches++;
	assert_non_null(strstr(report(), "to peer is 000000ab, to peer it is 000000cd\n"));
	l.told.up = true;
	assert_string_equal(report(), "own: link to peer down\n");
	assert_string_equal(report(), "");
}

/* By the clock, so that it can be laid beside the boot record. */
static void says_once_when_it_was_first_heard(void **state)
{
	struct rpmsg_counters *c = &l.rpmsg.counters;

	(void)state;
	c->received++;
	assert_string_equal(report(), "own: first message from peer by tick 1000000000000\n");
	c->received++;
	assert_string_equal(report(), "");
}

/* A peer that sends nothing else does not fill the trace. */
static void dropped_messages_take_few_lines(void **state)
{
	struct rpmsg_counters *c = &l.rpmsg.counters;
	unsigned lines = 0;

	(void)state;
	for (uint32_t n = 1; n <= 1000; n++) {
		c->bad_message = n / 2;
		c->no_endpoint = n - n / 2;
		lines += report()[0] != 0;
		if (n == 4)
			assert_string_equal(said, "own: dropped from peer: 2 messages without "
						  "sense, 2 to nobody\n");
	}
	assert_int_equal(lines, 10);
	c->bad_message = 0x80000000; /* told of half of it */
	l.told.dropped = 0x40000000;
	c->no_endpoint = 0;
	assert_true(report()[0]);
	c->bad_message = 3; /* counted on behind 2^32 */
	assert_string_equal(report(), "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_what_has_changed_once),
		cmocka_unit_test(says_once_when_it_was_first_heard),
		cmocka_unit_test(dropped_messages_take_few_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
