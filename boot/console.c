/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>

#include "boot/board.h"
#include "boot/console.h"

static void put_text(const char *text)
{
	for (; *text; text++) {
		if (*text == '\n')
			board_put('\r');
		board_put(*text);
	}
}

void console_printf(const char *format, ...)
{
	char line[CONSOLE_LINE];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	put_text(line);
}

void console_line(void *unused, const char *text)
{
	(void)unused;
	put_text("peerboot: ");
	put_text(text);
	put_text("\n");
}
