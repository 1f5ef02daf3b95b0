/* SPDX-License-Identifier: BSD-2-Clause */
/* Files, and the end of a command that cannot do what it was asked. */
#ifndef TOOLS_PEERBOOT_FILE_H
#define TOOLS_PEERBOOT_FILE_H

#include <stdio.h>

#include "base/bytes.h"

/* A line on standard error, and exit with STATUS_USAGE. */
void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* A line on standard error about what need not be wrong; and how many there were. */
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));
extern unsigned notes;

/*
 * A file, whole, at a multiple of 16; never freed. Of one that is longer than @most bytes, some
 * more than these: it may be a device without an end. Exits if that fails.
 */
struct bytes file_read(const char *path, uint64_t most);

/* Open for writing (NULL: standard output), and close: what was written is there, or it exits. */
FILE *file_create(const char *path);
void file_close(FILE *file, const char *path);

/* Bytes of a name or sentence from an image, safe for a terminal: printable ASCII, or '?'. */
void file_put_text(FILE *to, const char *text);

#endif
