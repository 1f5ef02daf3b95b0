/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>

#include "base/sentence.h"
#include "boot/board.h"
#include "boot/console.h"

static void put_text(const char *text)
{
	while (*text)
		board_put(*text++);
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

	put_text("peerboot: ");
	va_start(args, format);
	put(format, args);
	va_end(args);
	put_text("\r\n");
}
