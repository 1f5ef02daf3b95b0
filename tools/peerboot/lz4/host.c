/* SPDX-License-Identifier: BSD-2-Clause */
/* LZ4's decoder where there is no kernel's source: liblz4's. */
#include <lz4.h>

#include "boot/feature/decompression/lz4_block.h"

int lz4_block(const char *from, char *to, int size, int room, int before, bool partial)
{
	if (partial)
		return LZ4_decompress_safe_partial(from, to, size, room, room);
	return LZ4_decompress_safe_usingDict(from, to, size, room, to - before, before);
}
