/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/sha1.h"

static void start(struct hash_state *h)
{
	br_sha1_init(&h->sha1);
}

static void add(struct hash_state *h, const void *data, size_t size)
{
	br_sha1_update(&h->sha1, data, size);
}

static void finish(struct hash_state *h, uint8_t *value)
{
	br_sha1_out(&h->sha1, value);
}

const struct hash_algorithm sha1_algorithm = { "sha1", br_sha1_SIZE, start, add, finish };
