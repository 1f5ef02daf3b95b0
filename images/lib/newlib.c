/* SPDX-License-Identifier: BSD-2-Clause */
/* What newlib asks of its system: standard output is the image's trace, there is nothing else. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>

#include "images/lib/image.h"
#include "images/lib/trace.h"

extern char trace_start[], trace_end[]; /* linker script */

static struct trace trace;

int _write(int file, const char *text, int size);
int _read(int file, char *to, int size);
int _close(int file);
int _lseek(int file, int offset, int whence);
int _fstat(int file, struct stat *st);
int _isatty(int file);
void *_sbrk(ptrdiff_t size);
void _exit(int code) __attribute__((noreturn));
int _kill(int pid, int signal);
int _getpid(void);

void image_trace_start(void)
{
	static char line[128];

	trace_init(&trace, trace_start, (size_t)(trace_end - trace_start));
	setvbuf(stdout, line, _IOLBF, sizeof(line)); /* there is no heap to take one from */
}

int _write(int file, const char *text, int size)
{
	(void)file;
	trace_write(&trace, text, (size_t)size);
	return size;
}

int _isatty(int file)
{
	(void)file;
	return 1; /* lines, not blocks */
}

int _fstat(int file, struct stat *st)
{
	(void)file;
	st->st_mode = S_IFCHR;
	return 0;
}

/* There is no heap but for newlib-nano's stdio, which takes its three FILEs from one. */
void *_sbrk(ptrdiff_t size)
{
	static char arena[512] __attribute__((aligned(8)));
	static size_t used;
	void *at = arena + used;

	if (size < 0 || (size_t)size > sizeof(arena) - used) {
		errno = ENOMEM;
		return (void *)-1;
	}
	used += (size_t)size;
	return at;
}

int _read(int file, char *to, int size)
{
	(void)file, (void)to, (void)size;
	return 0;
}

int _close(int file)
{
	(void)file;
	return -1;
}

int _lseek(int file, int offset, int whence)
{
	(void)file, (void)offset, (void)whence;
	return 0;
}

int _kill(int pid, int signal)
{
	(void)pid, (void)signal;
	errno = EINVAL;
	return -1;
}

int _getpid(void)
{
	return 1;
}

void _exit(int code)
{
	(void)code;
	stop();
}
