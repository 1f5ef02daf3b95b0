/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zlib's crc32_z() for the loader: zlib's own object has 5 KB of tables in its 7 KB. One table of
 * 1 KB, in RAM, made when it is first wanted; 6 instructions a byte. Where the core has
 * instructions for it, half of one. Hosts use zlib itself.
 */
#include <stdint.h>
#include <zlib.h>

#include "arch/arch.h"

#define POLYNOMIAL 0xedb88320u /* IEEE 802.3, bits reversed */

static uint32_t table[256];

static void make_table(void)
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t value = i;

		for (unsigned bit = 0; bit < 8; bit++)
			value = value >> 1 ^ (value & 1 ? POLYNOMIAL : 0);
		table[i] = value;
	}
}

uLong crc32_z(uLong crc, const Bytef *data, z_size_t size)
{
	uint32_t value = ~(uint32_t)crc;

	if (arch_crc32(&value, data, size))
		return ~value;
	if (!table[1])
		make_table();
	for (; size; size--)
		value = value >> 8 ^ table[(value ^ *data++) & 0xff];
	return ~value;
}
