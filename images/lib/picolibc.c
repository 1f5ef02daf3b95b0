/* SPDX-License-Identifier: BSD-2-Clause */
/* What picolibc asks of its system: standard output is the image's trace, there is nothing else. */
#include <stdio.h>

#include "images/lib/image.h"
#include "images/lib/trace.h"

extern char trace_start[], trace_end[]; /* linker script */

static struct trace trace;

static int put(char c, FILE *file)
{
	(void)file;
	trace_write(&trace, &c, 1);
	return (unsigned char)c;
}

static FILE out = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);

FILE *const stdout = &out;

void image_trace_start(void)
{
	trace_init(&trace, trace_start, (size_t)(trace_end - trace_start));
}
