/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/error.h"
#include "base/error_list.h"

static const struct error_list common = ERROR_LIST(ERROR_CODES);

static const char *const stages[] = {
#define X(name, text) text,
	STAGES(X)
#undef X
};

/* The string of @code in @strings, which are @list's names or summaries; or NULL. */
static const char *find(const struct error_list *list, const char *strings, int code)
{
	for (size_t i = 0; i < list->count; i++, strings += strlen(strings) + 1)
		if (code == -list->numbers[i])
			return strings;
	return NULL;
}

const char *error_name(int code)
{
	const char *name = find(&common, common.names, code);

	if (!name)
		name = find(&error_features, error_features.names, code);
	return name ? name : code ? "?" : "OK";
}

const char *error_summary(int code)
{
	const char *summary = find(&common, common.summaries, code);

	if (!summary)
		summary = find(&error_features, error_features.summaries, code);
	return summary ? summary : code ? "unknown error" : "no error";
}

const char *stage_name(enum stage stage)
{
	return (size_t)stage < sizeof(stages) / sizeof(stages[0]) ? stages[stage] : "?";
}
