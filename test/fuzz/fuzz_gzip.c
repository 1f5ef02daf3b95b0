/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes between gzip's header and trailer. The trailer is right for what zlib makes of them, and
 * then they have to make the same here; where zlib makes nothing of them it is any.
 */
#include <zlib.h>

#include "test/fuzz/unpack.h"

#define ROOM	0x40000
#define HEADER	10
#define TRAILER 8

const unsigned fuzz_parts = 1;

/* All that zlib makes of the raw @deflate, if that is all there is to it. */
static bool inflate_all(struct bytes deflate, struct bytes *made)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)deflate.data,
		       .avail_in = (uInt)deflate.size };
	uint8_t *to = malloc(ROOM);
	int code;

	assert_non_null(to);
	assert_int_equal(inflateInit2(&z, -15), Z_OK);
	z.next_out = to;
	z.avail_out = ROOM;
	code = inflate(&z, Z_FINISH);
	*made = (struct bytes){ to, z.total_out };
	inflateEnd(&z);
	return code == Z_STREAM_END && !z.avail_in;
}

static struct bytes wrap(struct bytes deflate, uint32_t checksum, uint32_t size)
{
	static const uint8_t header[HEADER] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3 };
	uint8_t *data = calloc(1, HEADER + deflate.size + TRAILER);
	struct bytes all = { data, HEADER + deflate.size + TRAILER };

	assert_non_null(data);
	memcpy(data, header, HEADER);
	memcpy(data + HEADER, deflate.data, deflate.size);
	put_le32(all, HEADER + deflate.size, checksum);
	put_le32(all, HEADER + deflate.size + 4, size);
	return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, deflate = fuzz_part(&input), right, made, all;
	bool good = inflate_all(deflate, &right);
	struct error e = { 0 };
	uint32_t checksum = good ? (uint32_t)crc32(0, right.data, (uInt)right.size) :
				   (uint32_t)fuzz_number(&input, 4);
	uint32_t announced = good ? (uint32_t)right.size : (uint32_t)fuzz_number(&input, 3);
	size_t room = fuzz_choice(&input, 8) ? ROOM : (size_t)fuzz_number(&input, 2);
	int code;

	all = wrap(deflate, checksum, announced);
	code = unpack_run("gzip", all, room, &made, &e);
	if (good && right.size > room) {
		assert_int_equal(code, E_STAGING_FULL);
	} else if (good) {
		fuzz_check_good(code, &e);
		assert_int_equal(made.size, right.size);
		assert_memory_equal(made.data, right.data, right.size);
	}
	fuzz_check_taken(code, &e);
	bytes_free(made);
	bytes_free(right);
	bytes_free(all);
	return 0;
}
