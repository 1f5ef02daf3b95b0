/* SPDX-License-Identifier: BSD-2-Clause */
/* The console: formatted text through board_put() (driver/console.h). */
#ifndef BOOT_CONSOLE_H
#define BOOT_CONSOLE_H

#include "base/sentence.h"

/* Bytes that one call prints at most, a NUL included: an error's sentence, and what it is about. */
#define CONSOLE_TEXT 320

/* As boot/format.c formats, and as it stands: a line's end is "\r\n". The format is a literal. */
#define console_printf(...) console_put(FORMATTED(__VA_ARGS__))
void console_put(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* One whole line, with "peerboot: " in front; where lines are many, not unpacked each time. */
#define console_line(...) console_put_line(FORMATTED(__VA_ARGS__))
void console_put_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
