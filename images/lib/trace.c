/* SPDX-License-Identifier: BSD-2-Clause */
#include "images/lib/trace.h"

void trace_init(struct trace *t, char *buffer, size_t size)
{
	t->text = buffer;
	t->room = size - TRACE_TAIL;
	t->used = 0;
	t->dropped = 0;
	t->text[0] = 0;
}

/* "\n[4294967295 bytes dropped]\n", from its end to its start, so that no division is left over. */
static void say_dropped(struct trace *t)
{
	static const char before[] = "\n[", after[] = " bytes dropped]\n";
	volatile char *to = t->text + t->room;
	uint32_t scale = 1;

	while (t->dropped / scale >= 10)
		scale *= 10;
	for (const char *c = before; *c; c++)
		*to++ = *c;
	for (; scale; scale /= 10)
		*to++ = (char)('0' + t->dropped / scale % 10);
	for (const char *c = after; *c; c++)
		*to++ = *c;
	*to = 0;
}

void trace_write(struct trace *t, const char *text, size_t size)
{
	size_t fits = t->room - t->used;

	if (fits > size)
		fits = size;
	/* The new end first, then the text from its second byte on, then its first. */
	if (fits) {
		t->text[t->used + fits] = 0;
		for (size_t i = 1; i < fits; i++)
			t->text[t->used + i] = text[i];
		__atomic_thread_fence(__ATOMIC_RELEASE);
		t->text[t->used] = text[0];
		t->used += fits;
	}
	if (fits < size) {
		t->dropped += (uint32_t)(size - fits);
		say_dropped(t);
	}
}
