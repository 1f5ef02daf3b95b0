/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The signature algorithms, as one table over BearSSL. Its i31 code serves RSA and ECDSA alike;
 * the special code for P-256 would be faster and three times as large.
 */
#include <string.h>

#include <bearssl/bearssl_ec.h>
#include <bearssl/bearssl_rsa.h>
#include <libfdt.h>

#include "boot/feature/signature/key.h"
#include "boot/hash.h"

#define COORDINATE 32 /* bytes, of P-256 */
#define EXPONENT   8

static struct bytes property(struct bytes tree, int node, const char *name)
{
	int length;
	const uint8_t *data = fdt_getprop(tree.data, node, name, &length);

	return (struct bytes){ data, data ? (size_t)length : 0 };
}

/* The modulus has as many bytes as a signature; BearSSL computes itself what else mkimage wrote. */
static bool rsa_read(struct key *key, struct bytes tree, int node)
{
	key->modulus = property(tree, node, "rsa,modulus");
	key->exponent = property(tree, node, "rsa,exponent");
	return key->modulus.size == key->algorithm->size && key->modulus.data[0] & 0x80 &&
	       key->exponent.size == EXPONENT;
}

static bool rsa_verify(const struct key *key, const uint8_t *digest, const uint8_t *signature)
{
	/* BearSSL has no const for what it only reads. */
	const br_rsa_public_key public = {
		.n = (unsigned char *)(uintptr_t)key->modulus.data,
		.nlen = key->modulus.size,
		.e = (unsigned char *)(uintptr_t)key->exponent.data,
		.elen = key->exponent.size,
	};
	uint8_t signed_digest[HASH_SIZE];

	return br_rsa_i31_pkcs1_vrfy(signature, key->algorithm->size, BR_HASH_OID_SHA256,
				     sizeof(signed_digest), &public, signed_digest) &&
	       !memcmp(signed_digest, digest, sizeof(signed_digest));
}

static bool ecdsa_read(struct key *key, struct bytes tree, int node)
{
	struct bytes x = property(tree, node, "ecdsa,x-point");
	struct bytes y = property(tree, node, "ecdsa,y-point");

	if (x.size != COORDINATE || y.size != COORDINATE)
		return false;
	key->point[0] = 4; /* uncompressed */
	memcpy(key->point + 1, x.data, COORDINATE);
	memcpy(key->point + 1 + COORDINATE, y.data, COORDINATE);
	return true;
}

static bool ecdsa_verify(const struct key *key, const uint8_t *digest, const uint8_t *signature)
{
	const br_ec_public_key public = {
		.curve = BR_EC_secp256r1,
		.q = (unsigned char *)(uintptr_t)key->point,
		.qlen = sizeof(key->point),
	};

	return br_ecdsa_i31_vrfy_raw(&br_ec_prime_i31, digest, HASH_SIZE, &public, signature,
				     key->algorithm->size);
}

static const struct key_algorithm algorithms[] = {
	{ "sha256,rsa2048", 256, rsa_read, rsa_verify },
	{ "sha256,rsa3072", 384, rsa_read, rsa_verify },
	{ "sha256,rsa4096", 512, rsa_read, rsa_verify },
	{ "sha256,ecdsa256", 2 * COORDINATE, ecdsa_read, ecdsa_verify },
};

const struct key_algorithm *key_algorithm(const char *name)
{
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++)
		if (!strcmp(algorithms[i].name, name))
			return &algorithms[i];
	return NULL;
}
