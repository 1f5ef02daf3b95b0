/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"

static const struct {
	int code;
	const char *name;
	const char *summary;
} codes[] = {
#define X(number, name, text) { -(number), #name, text },
	ERROR_CODES(X)
#undef X
};

static const char *const stages[] = {
#define X(name, text) text,
	STAGES(X)
#undef X
};

int error_set(struct error *e, enum error_code code, const char *format, ...)
{
	va_list args;

	if (e->code)
		return e->code;
	e->code = code;
	va_start(args, format);
	vsnprintf(e->text, sizeof(e->text), format, args);
	va_end(args);
	return e->code;
}

const char *error_name(int code)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == code)
			return codes[i].name;
	return code ? "?" : "OK";
}

const char *error_summary(int code)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == code)
			return codes[i].summary;
	return code ? "unknown error" : "no error";
}

const char *stage_name(enum stage stage)
{
	return (size_t)stage < sizeof(stages) / sizeof(stages[0]) ? stages[stage] : "?";
}
