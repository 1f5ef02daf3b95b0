/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

void error_about(struct error *e, const char *kind, const char *about)
{
	e->kind = kind;
	e->about = about;
}

int error_set_number(struct error *e, int number, const char *format, ...)
{
	char sentence[SENTENCE_SIZE];
	size_t used = 0;
	va_list args;

	if (e->code)
		return e->code;
	e->code = -number;
	if (e->about) {
		snprintf(e->text, sizeof(e->text), "%s%s: ", e->kind, e->about);
		used = strlen(e->text);
	}
	va_start(args, format);
	vsnprintf(e->text + used, sizeof(e->text) - used, sentence_text(format, sentence), args);
	va_end(args);
	return e->code;
}

int error_append_text(struct error *e, const char *format, ...)
{
	char sentence[SENTENCE_SIZE];
	size_t used = strlen(e->text);
	va_list args;

	va_start(args, format);
	vsnprintf(e->text + used, sizeof(e->text) - used, sentence_text(format, sentence), args);
	va_end(args);
	return e->code;
}
