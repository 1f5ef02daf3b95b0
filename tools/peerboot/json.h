/* SPDX-License-Identifier: BSD-2-Clause */
/* JSON as it is written: values one after the other, commas where they belong. */
#ifndef TOOLS_PEERBOOT_JSON_H
#define TOOLS_PEERBOOT_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json {
	FILE *to;
	unsigned depth;
	bool started; /* there is a value in this object or list already */
};

/* @key: NULL in a list and for the whole. */
void json_object(struct json *j, const char *key);
void json_list(struct json *j, const char *key);
void json_end_object(struct json *j);
void json_end_list(struct json *j);

void json_text(struct json *j, const char *key, const char *text); /* NULL: null */
void json_number(struct json *j, const char *key, uint64_t number);
void json_signed(struct json *j, const char *key, int number);
void json_bool(struct json *j, const char *key, bool value);
void json_null(struct json *j, const char *key);

#endif
