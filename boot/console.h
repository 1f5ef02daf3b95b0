/* SPDX-License-Identifier: BSD-2-Clause */
/* The console: formatted text through board_put() (driver/console.h). */
#ifndef BOOT_CONSOLE_H
#define BOOT_CONSOLE_H

#include <stdbool.h>

#include "base/sentence.h"

/* In front of each whole line, and behind it. */
#define CONSOLE_NAME "peerboot: "
#define CONSOLE_END  "\r\n"

/* Bytes that one call prints at most, a NUL included: an error's sentence, and what it is about. */
#define CONSOLE_TEXT 320

/* As boot/format.c formats, and as it stands: a line's end is "\r\n". The format is a literal. */
#define console_printf(...) console_put(FORMATTED(__VA_ARGS__))
void console_put(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * One whole line, with CONSOLE_NAME in front, behind what is held; where lines are many, not
 * unpacked each time.
 */
#define console_line(...) console_put_line(FORMATTED(__VA_ARGS__))
void console_put_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * A line as it stands that can wait: nothing of another one may be held. It is printed by calls of
 * console_show_held(), which says if none of it is left; without @wait as far as the console takes
 * it at once.
 */
void console_hold_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool console_show_held(bool wait);

#endif
