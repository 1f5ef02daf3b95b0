/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

int error_set_number(struct error *e, int number, const char *format, ...)
{
	va_list args;

	if (e->code)
		return e->code;
	e->code = -number;
	va_start(args, format);
	vsnprintf(e->text, sizeof(e->text), format, args);
	va_end(args);
	return e->code;
}

int error_append(struct error *e, const char *format, ...)
{
	size_t used = strlen(e->text);
	va_list args;

	va_start(args, format);
	vsnprintf(e->text + used, sizeof(e->text) - used, format, args);
	va_end(args);
	return e->code;
}
