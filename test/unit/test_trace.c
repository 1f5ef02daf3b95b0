/* SPDX-License-Identifier: BSD-2-Clause */
#include "images/lib/trace.c"
#include "test/unit/unit.h"

#define SIZE 100u
#define ROOM (SIZE - TRACE_TAIL)

/* Text, as remoteproc would read it at this moment. */
static void is_text(const struct trace *t, const char *want)
{
	const char *text = (const char *)t->text;

	assert_non_null(memchr(text, 0, SIZE));
	assert_string_equal(text, want);
}

static void text_is_always_terminated(void **state)
{
	char *buffer = malloc(SIZE);
	struct trace t;

	(void)state;
	memset(buffer, 'x', SIZE);
	trace_init(&t, buffer, SIZE);
	is_text(&t, "");
	trace_write(&t, "one\n", 4);
	is_text(&t, "one\n");
	trace_write(&t, "", 0);
	trace_write(&t, "two\n", 4);
	is_text(&t, "one\ntwo\n");
	assert_int_equal(t.dropped, 0);
	free(buffer);
}

/* Every length that the last write may have, before and after the buffer is full. */
static void full_says_what_was_dropped(void **state)
{
	(void)state;
	for (size_t size = 0; size < 2 * SIZE; size++) {
		char *buffer = malloc(SIZE), text[2 * SIZE], want[SIZE];
		struct trace t;

		memset(text, 'a', sizeof(text));
		memset(buffer, 'x', SIZE);
		trace_init(&t, buffer, SIZE);
		trace_write(&t, text, size);
		trace_write(&t, text, 1);
		memset(want, 'a', sizeof(want));
		if (size + 1 <= ROOM)
			want[size + 1] = 0;
		else
			sprintf(want + ROOM, "\n[%zu bytes dropped]\n", size + 1 - ROOM);
		is_text(&t, want);
		free(buffer);
	}
}

static void the_largest_count_fits(void **state)
{
	char *buffer = malloc(SIZE);
	struct trace t;

	(void)state;
	memset(buffer, 'x', SIZE);
	trace_init(&t, buffer, SIZE);
	t.used = t.room;
	t.dropped = 0xfffffffe;
	trace_write(&t, "a", 1);
	assert_string_equal(buffer + ROOM, "\n[4294967295 bytes dropped]\n");
	free(buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_always_terminated),
		cmocka_unit_test(full_says_what_was_dropped),
		cmocka_unit_test(the_largest_count_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
