/* SPDX-License-Identifier: BSD-2-Clause */
/* Where what is in a uImage's header, and its CRC made right again. */
#ifndef TEST_UNIT_UIMAGE_H
#define TEST_UNIT_UIMAGE_H

#include <zlib.h>

#include "test/unit/unit.h"

enum {
	HEADER_CRC = 4,
	SIZE = 12,
	LOAD = 16,
	ENTRY = 20,
	DATA_CRC = 24,
	ARCH = 29,
	TYPE = 30,
	COMPRESSION = 31,
	HEADER = 64
};

static inline void put_be32(struct bytes b, size_t at, uint32_t value)
{
	put_le32(b, at, __builtin_bswap32(value));
}

static inline void sign_header(struct bytes uimage)
{
	put_be32(uimage, HEADER_CRC, 0);
	put_be32(uimage, HEADER_CRC, (uint32_t)crc32(0, uimage.data, HEADER));
}

#endif
