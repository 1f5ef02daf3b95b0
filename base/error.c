/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/error.h"
#include "base/error_list.h"
#include "base/features.h"

static const struct error_list common = ERROR_LIST(ERROR_CODES);

static const char *const stages[] = {
#define X(name, text) text,
	STAGES(X)
#undef X
};

/* The name of @code in @list, or NULL. */
static const char *find(const struct error_list *list, int code)
{
	const char *name = list->names;

	for (size_t i = 0; i < list->count; i++, name += strlen(name) + 1)
		if (code == -list->numbers[i])
			return name;
	return NULL;
}

const char *error_name(int code)
{
	const char *name = find(&common, code);

	if (!name && features->errors)
		name = find(features->errors, code);
	return name ? name : code ? "?" : "OK";
}

const char *stage_name(enum stage stage)
{
	return (size_t)stage < sizeof(stages) / sizeof(stages[0]) ? stages[stage] : "?";
}
