/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "boot/feature/signature/key.h"
#include "fdt/check.h"

#define PREFIX	    "key-" /* of RSA keys' nodes; mkimage 2023.01 names ECDSA keys' without it */
#define DEVELOPMENT "development"

static bool starts_with(const char *string, const char *start)
{
	return !strncmp(string, start, strlen(start));
}

static const char *string(const struct keys *keys, int node, const char *property)
{
	return fdt_stringlist_get(keys->tree.data, node, property, 0, NULL);
}

static const char *key_name(const struct keys *keys, int node)
{
	const char *hint = string(keys, node, "key-name-hint");
	const char *name = fdt_get_name(keys->tree.data, node, NULL);

	return hint ? hint : starts_with(name, PREFIX) ? name + strlen(PREFIX) : name;
}

/* mkimage 2023.01 writes neither `algo` nor `required` for ECDSA keys, but the curve. */
static const char *algorithm_name(const struct keys *keys, int node)
{
	const char *algorithm = string(keys, node, "algo");
	const char *curve = string(keys, node, "ecdsa,curve");

	if (algorithm)
		return algorithm;
	return curve && !strcmp(curve, "prime256v1") ? "sha256,ecdsa256" : "unknown";
}

int keys_open(struct keys *keys, struct bytes dtb, struct error *e)
{
	unsigned count = 0;
	const char *mode;
	int node;

	memset(keys, 0, sizeof(*keys));
	if (fdt_check_tree(dtb, "keys", e))
		return e->code;
	keys->tree = dtb;
	keys->parent = fdt_subnode_offset(dtb.data, 0, "signature");
	if (keys->parent < 0)
		return error_set(e, E_KEY_UNKNOWN, "no /signature");
	fdt_for_each_subnode(node, dtb.data, keys->parent) {
		count++;
		keys->marked |= fdt_getprop(dtb.data, node, "required", NULL) != NULL;
		keys->development |= starts_with(key_name(keys, node), DEVELOPMENT);
	}
	if (!count)
		return error_set(e, E_KEY_UNKNOWN, "no key that could have signed");
	mode = string(keys, keys->parent, "required-mode");
	keys->any = !keys->marked || (mode && !strcmp(mode, "any"));
	return 0;
}

bool keys_count(const struct keys *keys, int node)
{
	return !keys->marked || fdt_getprop(keys->tree.data, node, "required", NULL);
}

int key_read(struct key *key, const struct keys *keys, int node, struct error *e)
{
	const char *algorithm = algorithm_name(keys, node);

	memset(key, 0, sizeof(*key));
	key->name = key_name(keys, node);
	key->algorithm = key_algorithm(algorithm);
	if (!key->algorithm)
		return error_set(e, E_SIGNATURE_ALGORITHM, "key %s: algorithm %s is not accepted",
				 key->name, algorithm);
	if (!key->algorithm->read(key, keys->tree, node))
		return error_set(e, E_SIGNATURE_ALGORITHM, "key %s: no key for %s", key->name,
				 algorithm);
	return 0;
}
