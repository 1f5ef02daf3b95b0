/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>

#include "base/sentence.h"
#include "boot/board.h"
#include "boot/console.h"

/*
 * What is held. By numbers, since a fault may be reported with .bss not cleared: any two show what
 * there is.
 */
static struct {
	char text[CONSOLE_TEXT];
	unsigned at, size;
} held;

static void put_text(const char *text)
{
	while (*text)
		board_put(*text++);
}

bool console_show_held(bool wait)
{
	while (held.at < held.size && held.size <= sizeof(held.text)) {
		if (!wait && !board_has_room())
			return false;
		board_put(held.text[held.at++]);
	}
	return true;
}

void console_hold_line(const char *format, ...)
{
	va_list args;
	int size;

	held.at = 0;
	va_start(args, format);
	size = vsnprintf(held.text, sizeof(held.text), format, args);
	va_end(args);
	held.size = (unsigned)size;
}

static void put(const char *format, va_list args)
{
	char text[CONSOLE_TEXT], sentence[SENTENCE_SIZE];

	vsnprintf(text, sizeof(text), sentence_text(format, sentence), args);
	put_text(text);
}

void console_put(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put(format, args);
	va_end(args);
}

void console_put_line(const char *format, ...)
{
	va_list args;

	console_show_held(true);
	put_text(CONSOLE_NAME);
	va_start(args, format);
	put(format, args);
	va_end(args);
	put_text(CONSOLE_END);
}
