/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <zlib.h>

#include "boot/feature/fast_hash.h"
#include "boot/feature/sha1.h"
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

static const struct hash_algorithm algorithms[] = {
	{ "crc32", 4, crc32_start, crc32_add, crc32_finish },
	{ "sha256", br_sha256_SIZE, sha256_start, sha256_add, sha256_finish },
};

const struct hash_algorithm *hash_find(const char *name)
{
	const struct hash_algorithm *const end =
		algorithms + sizeof(algorithms) / sizeof(algorithms[0]);
	const struct hash_algorithm *sha1 = sha1_find();

	for (const struct hash_algorithm *a = algorithms; a < end; a++)
		if (!strcmp(a->name, name))
			return a;
	return sha1 && !strcmp(sha1->name, name) ? sha1 : NULL;
}
