/* SPDX-License-Identifier: BSD-2-Clause */
/* The console: formatted lines through the board's board_put(). */
#ifndef BOOT_CONSOLE_H
#define BOOT_CONSOLE_H

#define CONSOLE_LINE 256 /* bytes that one call prints at most, its NUL included */

/* As boot/format.c formats; a newline is sent as carriage return and newline. */
void console_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* One whole line; the callback that plan_print() wants. */
void console_line(void *unused, const char *text);

#endif
