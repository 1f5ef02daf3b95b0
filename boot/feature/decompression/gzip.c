/* SPDX-License-Identifier: BSD-2-Clause */
#include <libdeflate.h>

#include "boot/feature/decompression/formats.h"

#define TRAILER_SIZE 8u /* CRC-32, then the size: modulo 2^32, which no room exceeds */
#define HEADER_SIZE  10u
#define STRING_MAX   258u  /* bytes */
#define RATIO_MAX    1032u /* strings of 2 bits: deflate makes no more of a byte */

static const char *describe(enum libdeflate_result result)
{
	return result == LIBDEFLATE_INSUFFICIENT_SPACE ?
		       "makes more than these, or does not end here" :
		       "is cut off, or its data or checksum is wrong";
}

/* What the decoder wrote is there when it stops for want of room: all but a string that is cut. */
bool gzip_begin(struct bytes from, struct bytes first, uint8_t *to, size_t size, size_t *all)
{
	uint8_t made[BEGIN_MAX + STRING_MAX] = { 0 };
	struct libdeflate_decompressor *d;
	enum libdeflate_result result;
	uint32_t announced;
	size_t used, count;

	if (first.size < HEADER_SIZE + TRAILER_SIZE ||
	    !bytes_read_le32(&from, from.size - 4, &announced) || announced / RATIO_MAX > from.size)
		return false;
	d = libdeflate_alloc_decompressor();
	if (!d)
		return false;
	result = libdeflate_gzip_decompress_ex(d, first.data, first.size, made, sizeof(made), &used,
					       &count);
	libdeflate_free_decompressor(d);
	memcpy(to, made, size);
	*all = announced;
	return result == LIBDEFLATE_INSUFFICIENT_SPACE;
}

int gzip_run(struct bytes from, uint8_t *to, size_t room, size_t *size, struct error *e)
{
	struct libdeflate_decompressor *d;
	enum libdeflate_result result;
	uint32_t announced;
	size_t used;

	if (from.size < HEADER_SIZE + TRAILER_SIZE ||
	    !bytes_read_le32(&from, from.size - 4, &announced))
		return error_set(e, E_COMPRESSED_BROKEN, "gzip cut off at 0x%zx bytes", from.size);
	if (announced / RATIO_MAX > from.size) /* a lie, or not the last word */
		return error_set(e, E_COMPRESSED_BROKEN,
				 "gzip announces 0x%x bytes, which 0x%zx can't make",
				 (unsigned)announced, from.size);
	if (announced > room)
		return error_set(e, E_STAGING_FULL,
				 "gzip announces 0x%x bytes, there is room for 0x%zx",
				 (unsigned)announced, room);
	d = libdeflate_alloc_decompressor();
	if (!d)
		return error_set(e, E_STAGING_FULL, "no memory for gzip's tables");
	result = libdeflate_gzip_decompress_ex(d, from.data, from.size, to, announced, &used, size);
	libdeflate_free_decompressor(d);
	if (result != LIBDEFLATE_SUCCESS)
		return error_set(e, E_COMPRESSED_BROKEN,
				 "gzip of 0x%zx bytes, which announces 0x%x, %s", from.size,
				 (unsigned)announced, describe(result));
	if (used != from.size)
		return error_set(e, E_COMPRESSED_BROKEN, "gzip ends at 0x%zx of 0x%zx bytes", used,
				 from.size);
	return 0;
}
