/* SPDX-License-Identifier: BSD-2-Clause */
/* What every unit test includes: cmocka, and helpers for making untrusted input. */
#ifndef TEST_UNIT_UNIT_H
#define TEST_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/bytes.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/*
 * A copy of @size bytes in a block of exactly that size, so that the address sanitizer sees one
 * byte too many. The caller frees .data.
 */
static inline struct bytes bytes_copy(const void *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	assert_non_null(copy);
	if (size)
		memcpy(copy, data, size);
	return (struct bytes){ copy, size };
}

static inline struct bytes bytes_load(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct bytes b = { 0 };
	uint8_t *data;
	long size;

	if (!f)
		fail_msg("cannot open %s", path);
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	rewind(f);
	data = malloc(size > 0 ? (size_t)size : 1);
	assert_non_null(data);
	assert_int_equal(fread(data, 1, (size_t)size, f), size);
	fclose(f);
	b.data = data;
	b.size = (size_t)size;
	return b;
}

static inline void bytes_free(struct bytes b)
{
	free((void *)(uintptr_t)b.data);
}

/* For changing a copy in place: the parsers see bytes as const, the test owns them. */
static inline uint8_t *bytes_at(struct bytes b, size_t offset)
{
	assert_true(offset < b.size);
	return (uint8_t *)(uintptr_t)b.data + offset;
}

static inline void put_le16(struct bytes b, size_t offset, uint32_t value)
{
	for (size_t i = 0; i < 2; i++)
		*bytes_at(b, offset + i) = (uint8_t)(value >> 8 * i);
}

static inline void put_le32(struct bytes b, size_t offset, uint32_t value)
{
	for (size_t i = 0; i < 4; i++)
		*bytes_at(b, offset + i) = (uint8_t)(value >> 8 * i);
}

#endif
