/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trace: text in a buffer of a TRACE resource, NUL-terminated at every moment, as remoteproc
 * reads it. What comes first is kept. When the buffer is full, its last line says how many
 * bytes were dropped.
 */
#ifndef IMAGES_LIB_TRACE_H
#define IMAGES_LIB_TRACE_H

#include <stddef.h>
#include <stdint.h>

#define TRACE_TAIL 32 /* bytes kept free for the last line */

struct trace {
	volatile char *text;
	size_t room; /* bytes for text before the tail */
	size_t used;
	uint32_t dropped; /* bytes */
};

/* @size must be more than TRACE_TAIL. The buffer is the reader's as well. */
void trace_init(struct trace *t, char *buffer, size_t size);

void trace_write(struct trace *t, const char *text, size_t size);

#endif
