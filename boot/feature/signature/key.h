/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Public keys, as `mkimage -K` writes them into a device tree: /signature with a node a key.
 * U-Boot's doc/uImage.FIT/signature.txt has the properties.
 */
#ifndef BOOT_FEATURE_SIGNATURE_KEY_H
#define BOOT_FEATURE_SIGNATURE_KEY_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/error.h"

#define KEY_POINT 65 /* bytes: 4, then x and y of a point on P-256 */

struct key;

/* How to sign and verify: one row a name that FIT knows. */
struct key_algorithm {
	const char *name; /* as in `algo` */
	size_t size;	  /* bytes of a signature */
	bool (*read)(struct key *key, struct bytes tree, int node);
	/* Does @signature, of algorithm->size bytes, belong to the 32 bytes of @digest? */
	bool (*verify)(const struct key *key, const uint8_t *digest, const uint8_t *signature);
};

struct key {
	const char *name; /* what a signature's `key-name-hint` must be */
	const struct key_algorithm *algorithm;
	struct bytes modulus, exponent; /* RSA: big-endian */
	uint8_t point[KEY_POINT];	/* ECDSA */
};

struct keys {
	struct bytes tree;
	int parent;	  /* node offset of /signature */
	bool marked;	  /* some are marked as required: the others don't count */
	bool any;	  /* one of those that count is enough; else each of them has to sign */
	bool development; /* among them is one that everybody has */
};

/*
 * Keys from @dtb, which stays the caller's; it must be a whole device tree at a multiple of 8
 * (E_FDT_BROKEN). Those marked as `required`, whatever for, have to sign; with `required-mode =
 * "any"` beside them one is enough. Is none marked, any one of them has to sign. A key whose name
 * begins with "development" is one for development. E_KEY_UNKNOWN if there is none at all.
 */
int keys_open(struct keys *keys, struct bytes dtb, struct error *e);

/* Does the key at @node count? */
bool keys_count(const struct keys *keys, int node);

/* The key at @node. E_SIGNATURE_ALGORITHM if it is for none that is accepted, or lacks a part. */
int key_read(struct key *key, const struct keys *keys, int node, struct error *e);

/* The algorithms that are accepted; NULL for any other name. SHA-1 is none of them. */
const struct key_algorithm *key_algorithm(const char *name);

#endif
