/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-256 (FIPS 180-4) of what lies in one piece: of BearSSL its blocks alone, not what it has for
 * pieces, and for other hashes.
 */
#include <string.h>

#include <inner.h> /* BearSSL's own */

#include "monitor/sha256.h"

#define BLOCK 64u

/* In @width bytes, the highest first. */
static void put(uint8_t *to, uint64_t value, unsigned width)
{
	while (width--) {
		to[width] = (uint8_t)value;
		value >>= 8;
	}
}

static void add(const uint8_t *data, size_t size, uint32_t *value)
{
	for (; size >= BLOCK; size -= BLOCK, data += BLOCK)
		br_sha2small_round(data, value);
}

void monitor_sha256(struct bytes of, uint8_t hash[KEPT_HASH])
{
	const size_t rest = of.size % BLOCK;
	const size_t padded = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
	uint8_t last[2 * BLOCK] = { 0 }; /* 5.1.1: a bit that is 1, then how many bits there were */
	uint32_t value[KEPT_HASH / 4];

	memcpy(value, br_sha256_IV, sizeof(value));
	add(of.data, of.size, value);
	memcpy(last, of.data + of.size - rest, rest);
	last[rest] = 0x80;
	put(last + padded - 8, (uint64_t)of.size * 8, 8);
	add(last, padded, value);
	for (unsigned i = 0; i < KEPT_HASH / 4; i++)
		put(hash + 4 * i, value[i], 4);
}
