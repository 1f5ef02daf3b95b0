/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hash algorithms of FIT images, as one table over libraries' interfaces: BearSSL's for
 * SHA-256, for which a loader may have OpenSSL's (feature fast_hash), and for SHA-1 (feature sha1);
 * zlib's for CRC-32, in place of which the loader has one that fits it: crc32.c.
 */
#ifndef BOOT_HASH_H
#define BOOT_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <bearssl/bearssl_hash.h>
#include <openssl/sha.h>

#define HASH_SIZE 32 /* bytes of the longest value */

struct hash_algorithm;

struct hash_state {
	const struct hash_algorithm *algorithm;
	union {
		uint32_t crc32;
		br_sha1_context sha1;
		br_sha256_context sha256;
		SHA256_CTX fast_sha256;
	};
};

struct hash_algorithm {
	const char *name; /* as in the FIT's `algo` */
	size_t size;	  /* bytes of the value */
	void (*start)(struct hash_state *h);
	void (*add)(struct hash_state *h, const void *data, size_t size);
	void (*finish)(struct hash_state *h, uint8_t *value); /* big-endian, as FIT stores it */
};

/* NULL if the loader has none of this name. */
const struct hash_algorithm *hash_find(const char *name);

#endif
