/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

/* Lists of strings, one behind the other: in flash, a pointer to each would cost as much again. */
static const signed char numbers[] = {
#define X(number, name, text) number,
	ERROR_CODES(X)
#undef X
};

static const char names[] =
#define X(number, name, text) #name "\0"
	ERROR_CODES(X)
#undef X
	;

static const char summaries[] =
#define X(number, name, text) text "\0"
	ERROR_CODES(X)
#undef X
	;

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

/* The string of @code in @list, or NULL. */
static const char *find(const char *list, int code)
{
	for (size_t i = 0; i < sizeof(numbers); i++, list += strlen(list) + 1)
		if (code == -numbers[i])
			return list;
	return NULL;
}

const char *error_name(int code)
{
	const char *name = find(names, code);

	return name ? name : code ? "?" : "OK";
}

const char *error_summary(int code)
{
	const char *summary = find(summaries, code);

	return summary ? summary : code ? "unknown error" : "no error";
}

const char *stage_name(enum stage stage)
{
	return (size_t)stage < sizeof(stages) / sizeof(stages[0]) ? stages[stage] : "?";
}
