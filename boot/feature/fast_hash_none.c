/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/fast_hash.h"

void sha256_start(struct hash_state *h)
{
	br_sha256_init(&h->sha256);
}

void sha256_add(struct hash_state *h, const void *data, size_t size)
{
	br_sha256_update(&h->sha256, data, size);
}

void sha256_finish(struct hash_state *h, uint8_t *value)
{
	br_sha256_out(&h->sha256, value);
}
