/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <zlib.h>

#include "base/features.h"
#include "boot/hash.h"

static void crc32_start(struct hash_state *h)
{
	h->crc32 = 0;
}

static void crc32_add(struct hash_state *h, const void *data, size_t size)
{
	h->crc32 = (uint32_t)crc32_z(h->crc32, data, size);
}

static void crc32_finish(struct hash_state *h, uint8_t *value)
{
	for (int i = 0; i < 4; i++)
		value[i] = (uint8_t)(h->crc32 >> (24 - 8 * i));
}

static void sha256_start(struct hash_state *h)
{
	br_sha256_init(&h->sha256);
}

static void sha256_add(struct hash_state *h, const void *data, size_t size)
{
	br_sha256_update(&h->sha256, data, size);
}

static void sha256_finish(struct hash_state *h, uint8_t *value)
{
	br_sha256_out(&h->sha256, value);
}

static const struct hash_algorithm by_crc32 = { "crc32", 4, crc32_start, crc32_add, crc32_finish };
static const struct hash_algorithm by_sha256 = { "sha256", br_sha256_SIZE, sha256_start, sha256_add,
						 sha256_finish };

const struct hash_algorithm *hash_find(const char *name)
{
	const struct hash_algorithm *const known[] = {
		&by_crc32,
		features->fast_hash ? features->fast_hash : &by_sha256,
		features->sha1,
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i] && !strcmp(known[i]->name, name))
			return known[i];
	return NULL;
}
