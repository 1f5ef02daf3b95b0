/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "tools/peerboot/command.h"
#include "tools/peerboot/file.h"

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("peerboot: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(STATUS_USAGE);
}

unsigned notes;

void note(const char *format, ...)
{
	va_list args;

	notes++;
	va_start(args, format);
	fputs("peerboot: note: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
}

#define STEP (1u << 20)

/* What was read stays to the end: the plan points into it. */
static struct kept {
	struct kept *next;
	_Alignas(16) uint8_t data[];
} * kept;

struct bytes file_read(const char *path, uint64_t most)
{
	FILE *file = fopen(path, "rb");
	struct kept *f = NULL;
	size_t size = 0, got;

	if (!file)
		die("%s: %s", path, strerror(errno));
	/* By steps, not by its size: a pipe has none. */
	do {
		f = realloc(f, sizeof(*f) + size + STEP);
		if (!f)
			die("%s: no memory for %zu bytes", path, size + STEP);
		got = fread(f->data + size, 1, STEP, file);
		size += got;
	} while (got == STEP && size <= most);
	if (ferror(file))
		die("%s: %s", path, strerror(errno));
	fclose(file);
	f->next = kept;
	kept = f;
	return (struct bytes){ f->data, size };
}

FILE *file_create(const char *path)
{
	FILE *file = path ? fopen(path, "wb") : stdout;

	if (!file)
		die("%s: %s", path, strerror(errno));
	return file;
}

void file_close(FILE *file, const char *path)
{
	bool failed = fflush(file) || ferror(file);

	if (file != stdout)
		failed |= fclose(file) != 0;
	if (failed)
		die("%s: cannot write: %s", path ? path : "standard output", strerror(errno));
}

void file_put_text(FILE *to, const char *text)
{
	for (; *text; text++)
		fputc((*text >= ' ' && *text <= '~') || *text == '\n' ? *text : '?', to);
}
