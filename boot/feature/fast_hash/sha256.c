/* SPDX-License-Identifier: BSD-2-Clause */
#include "arch/arch.h"
#include "boot/feature/fast_hash.h"

/* libcrypto's own code for the core's abilities asks Linux, and brings half a C library with it. */
unsigned int OPENSSL_armcap_P;

static void start(struct hash_state *h)
{
	OPENSSL_armcap_P = arch_openssl_abilities();
	SHA256_Init(&h->fast_sha256);
}

static void add(struct hash_state *h, const void *data, size_t size)
{
	SHA256_Update(&h->fast_sha256, data, size);
}

static void finish(struct hash_state *h, uint8_t *value)
{
	SHA256_Final(value, &h->fast_sha256);
}

const struct hash_algorithm fast_sha256 = { "sha256", br_sha256_SIZE, start, add, finish };
