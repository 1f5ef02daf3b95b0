/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trace: text in the buffer of a TRACE resource. There is a NUL behind the text at all times,
 * as remoteproc expects. If the buffer is full, new text is dropped, and the last line says how
 * many bytes.
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

/* @size is more than TRACE_TAIL bytes. Others read the buffer at any time. */
void trace_init(struct trace *t, char *buffer, size_t size);

void trace_write(struct trace *t, const char *text, size_t size);

#endif
