/* SPDX-License-Identifier: BSD-2-Clause */
/* What the targets of compressed formats share. */
#ifndef TEST_FUZZ_UNPACK_H
#define TEST_FUZZ_UNPACK_H

#include "boot/feature/decompression.h"
#include "test/fuzz/fuzz.h"

#define UNPACK_CANARY 64

/*
 * @from, in a block of its own size, to @room bytes with something behind them that has to stay;
 * *made is the caller's to free. Returns the code.
 */
static inline int unpack_run(const char *format, struct bytes from, size_t room, struct bytes *made,
			     struct error *e)
{
	uint8_t *to = malloc(room + UNPACK_CANARY);
	struct bytes copy = bytes_copy(from.data, from.size);
	size_t size = 0;
	int code;

	assert_non_null(to);
	memset(to + room, 0xa5, UNPACK_CANARY);
	code = decompression_find(format)->run(copy, to, room, &size, e);
	fuzz_check_error(code, e);
	for (size_t i = 0; i < UNPACK_CANARY; i++)
		assert_int_equal(to[room + i], 0xa5);
	assert_true(code == 0 || code == E_COMPRESSED_BROKEN || code == E_STAGING_FULL);
	assert_true(code || size <= room);
	bytes_free(copy);
	*made = (struct bytes){ to, code ? 0 : size };
	return code;
}

#endif
