/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What libdeflate's decoder expects around it: memory, of which it takes one piece at a time, and a
 * CRC-32, which the loader has already and libdeflate has in 14 KB.
 */
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#define TABLES_SIZE 0x3000 /* struct libdeflate_decompressor */

void *libdeflate_malloc(size_t size);
void libdeflate_free(void *memory);
uint32_t libdeflate_crc32(uint32_t crc, const void *data, size_t size);

void *libdeflate_malloc(size_t size)
{
	static uint8_t tables[TABLES_SIZE] __attribute__((aligned(8)));

	return size <= sizeof(tables) ? tables : NULL;
}

void libdeflate_free(void *memory)
{
	(void)memory;
}

uint32_t libdeflate_crc32(uint32_t crc, const void *data, size_t size)
{
	return (uint32_t)crc32_z(crc, data, size);
}
