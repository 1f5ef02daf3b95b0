/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LZ4's decoder from the kernel's source, BSD-2-Clause as all of lib/lz4: with what that expects of
 * the kernel's headers, in place of which there are empty ones (boot/build.mk).
 */
#include <stdint.h>
#include <string.h> /* and __always_inline */

#include "boot/feature/decompression/lz4_block.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "words are read as they are");

#define STATIC		/* no module */
#define __LITTLE_ENDIAN 1
#if UINTPTR_MAX > UINT32_MAX
#define CONFIG_64BIT 1
#endif

#define likely(condition)   __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)
#define BUILD_BUG_ON(wrong) _Static_assert(!(wrong), #wrong)
#define min(a, b)	    ((a) < (b) ? (a) : (b))
#define __ffs(value)	    ((unsigned)__builtin_ctzl(value))

#define unaligned_at(p)                                                                            \
	(((struct { __typeof__(*(p)) value; } __attribute__((packed, may_alias)) *)(uintptr_t)(p)) \
		 ->value)
#define get_unaligned(from)	     unaligned_at(from)
#define put_unaligned(word, to)	     ((void)(unaligned_at(to) = (word)))
#define get_unaligned_le16(from)     get_unaligned((const uint16_t *)(from))
#define put_unaligned_le16(word, to) put_unaligned(word, (uint16_t *)(to))

#include <lib/lz4/lz4_decompress.c>

/* One copy of it for all that frames have: what is referred to lies in front of where it goes. */
int lz4_block(const char *from, char *to, int size, int room, int before, bool partial)
{
	return LZ4_decompress_generic(from, to, size, room, endOnInputSize,
				      partial ? partial_decode : decode_full_block, noDict,
				      (BYTE *)to - before, NULL, 0);
}
