/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>

#include "tools/peerboot/json.h"

/*
 * Bytes of names that are no ASCII are escaped one by one: the output is valid whatever they are.
 */
static void put_string(struct json *j, const char *text)
{
	fputc('"', j->to);
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p == '"' || *p == '\\')
			fprintf(j->to, "\\%c", *p);
		else if (*p < ' ' || *p > '~')
			fprintf(j->to, "\\u%04x", *p);
		else
			fputc(*p, j->to);
	}
	fputc('"', j->to);
}

static void new_line(struct json *j)
{
	fputc('\n', j->to);
	for (unsigned i = 0; i < j->depth; i++)
		fputs("  ", j->to);
}

static void start(struct json *j, const char *key)
{
	if (j->started)
		fputc(',', j->to);
	if (j->depth)
		new_line(j);
	if (key) {
		put_string(j, key);
		fputs(": ", j->to);
	}
	j->started = true;
}

static void open(struct json *j, const char *key, char bracket)
{
	start(j, key);
	fputc(bracket, j->to);
	j->depth++;
	j->started = false;
}

static void close(struct json *j, char bracket)
{
	bool empty = !j->started;

	j->depth--;
	if (!empty)
		new_line(j);
	fputc(bracket, j->to);
	if (!j->depth)
		fputc('\n', j->to);
	j->started = true;
}

void json_object(struct json *j, const char *key)
{
	open(j, key, '{');
}

void json_list(struct json *j, const char *key)
{
	open(j, key, '[');
}

void json_end_object(struct json *j)
{
	close(j, '}');
}

void json_end_list(struct json *j)
{
	close(j, ']');
}

void json_text(struct json *j, const char *key, const char *text)
{
	start(j, key);
	if (text)
		put_string(j, text);
	else
		fputs("null", j->to);
}

void json_number(struct json *j, const char *key, uint64_t number)
{
	start(j, key);
	fprintf(j->to, "%" PRIu64, number);
}

void json_signed(struct json *j, const char *key, int number)
{
	start(j, key);
	fprintf(j->to, "%d", number);
}

void json_bool(struct json *j, const char *key, bool value)
{
	start(j, key);
	fputs(value ? "true" : "false", j->to);
}

void json_null(struct json *j, const char *key)
{
	json_text(j, key, NULL);
}
