/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "boot/feature/signature.h"
#include "boot/feature/signature/covered.h"
#include "boot/feature/signature/verify.h"

#define PADDING	    "pkcs-1.5" /* mkimage's default */
#define STRONG_HASH 32	       /* bytes; not CRC-32, not SHA-1 */

static const char *string(const struct fit *fit, int node, const char *property)
{
	return fdt_stringlist_get(fit->tree.data, node, property, 0, NULL);
}

static bool same(const char *a, const char *b)
{
	return a && !strcmp(a, b);
}

/* The configuration's next node that begins with "signature"; negative behind the last. */
static int next_signature(const struct fit *fit, int node)
{
	const void *tree = fit->tree.data;

	node = node < 0 ? fdt_first_subnode(tree, fit->configuration) :
			  fdt_next_subnode(tree, node);
	while (node >= 0 && strncmp(fdt_get_name(tree, node, NULL), "signature", 9))
		node = fdt_next_subnode(tree, node);
	return node;
}

/* The algorithm is the key's; what the image says must only be the same. */
static int check_algorithm(const struct fit *fit, int node, const struct key *key, struct error *e)
{
	const char *algorithm = string(fit, node, "algo");
	const char *padding = string(fit, node, "padding");

	if (!same(algorithm, key->algorithm->name))
		return error_set(e, E_SIGNATURE_ALGORITHM, "signed by %s with %s, not %s",
				 key->name, algorithm ? algorithm : "?", key->algorithm->name);
	if (padding && strcmp(padding, PADDING))
		return error_set(e, E_SIGNATURE_ALGORITHM, "padding %s, not %s", padding, PADDING);
	return 0;
}

/*
 * How much of the strings is covered: all that there were when mkimage signed. That number can't
 * be anything else without the digest being another, so it may come from the image.
 */
static bool read_strings(const struct fit *fit, int node, uint32_t *size)
{
	int length;
	const fdt32_t *p = fdt_getprop(fit->tree.data, node, "hashed-strings", &length);

	if (!p || length != 2 * sizeof(*p) || p[0])
		return false;
	*size = fdt32_to_cpu(p[1]);
	return true;
}

static int check_value(const struct fit *fit, int node, const struct key *key, struct error *e)
{
	int length;
	const uint8_t *value = fdt_getprop(fit->tree.data, node, "value", &length);
	uint8_t digest[HASH_SIZE];
	uint32_t strings;

	if (!value || (size_t)length != key->algorithm->size || !read_strings(fit, node, &strings))
		return error_set(e, E_SIGNATURE_WRONG, "no signature of %s", key->algorithm->name);
	if (covered_digest(fit, strings, digest, e))
		return e->code;
	if (!key->algorithm->verify(key, digest, value))
		return error_set(
			e, E_SIGNATURE_WRONG,
			"not what %s signed; or it did not sign all of manifest, kernel, fdt, ramdisk and loadables, and no other image",
			key->name);
	return 0;
}

static int check_key(const struct fit *fit, const struct key *key, struct error *e)
{
	int node = next_signature(fit, -1);

	while (node >= 0 && !same(string(fit, node, "key-name-hint"), key->name))
		node = next_signature(fit, node);
	if (node < 0)
		return error_set(e, E_KEY_UNKNOWN, "not signed by %s", key->name);
	if (check_algorithm(fit, node, key, e))
		return e->code;
	return check_value(fit, node, key, e);
}

/* All keys that count, or one of them. Of several errors the first that tells more is kept. */
static int check_keys(struct signature *signature, const struct fit *fit, const struct keys *keys,
		      struct error *e)
{
	struct error first = *e;
	struct key key;
	int node;

	fdt_for_each_subnode(node, keys->tree.data, keys->parent) {
		struct error why = *e;

		if (!keys_count(keys, node))
			continue;
		if (!key_read(&key, keys, node, &why) && !check_key(fit, &key, &why)) {
			signature->signer = key.name;
			if (keys->any)
				return 0;
		} else if (!first.code || first.code == E_KEY_UNKNOWN) {
			first = why;
		}
	}
	if (first.code)
		*e = first;
	return e->code;
}

static int check_version(struct signature *signature, const struct fit *fit, uint32_t minimum,
			 struct error *e)
{
	int length;
	const fdt32_t *p = fdt_getprop(fit->tree.data, fit->configuration, "version", &length);

	if (p && length != sizeof(*p))
		return error_set(e, E_FIT_BROKEN, "version has %d bytes", length);
	signature->version = p ? fdt32_to_cpu(*p) : 0;
	if (signature->version < minimum)
		return error_set(e, E_ROLLBACK, "version %u, at least %u boots",
				 (unsigned)signature->version, (unsigned)minimum);
	return 0;
}

int signature_verify(struct signature *signature, struct fit *fit, const struct keys *keys,
		     uint32_t minimum, struct error *e)
{
	memset(signature, 0, sizeof(*signature));
	error_about(e, "configuration ", fit->configuration_name);
	if (next_signature(fit, -1) < 0)
		return error_set(e, E_SIGNATURE_MISSING, "not signed");
	if (check_keys(signature, fit, keys, e) || check_version(signature, fit, minimum, e))
		return e->code;
	fit->verified = true;
	fit->version = signature->version;
	return 0;
}

int signature_check_image(const struct fit *fit, const struct fit_image *image, struct error *e)
{
	if (!fit->verified)
		return 0;
	if (!covered_image(fit, image->name))
		return error_set(e, E_NOT_SIGNED, "configuration %s does not name it",
				 fit->configuration_name);
	if (!image->hashes)
		return fit_advise_hash(error_set(e, E_NO_HASH, "signed, but without a hash"), e);
	for (unsigned i = 0; i < image->hashes; i++)
		if (image->hash[i].algorithm->size >= STRONG_HASH)
			return 0;
	return error_set(e, E_HASH_WEAK, "signed, but without sha256");
}
