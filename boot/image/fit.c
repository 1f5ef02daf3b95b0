/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "boot/feature/explain.h"
#include "boot/feature/signature.h"
#include "boot/image/fit.h"
#include "boot/image/fit_parts.h"
#include "fdt/cells.h"
#include "fdt/check.h"

const char *fit_node_name(const struct fit *fit, int node)
{
	return node_name(fit->tree.data, node);
}

int fit_child(const struct fit *fit, int parent, const char *name)
{
	int node;

	node_for_each_child(node, fit->tree.data, parent)
		if (!strcmp(fit_node_name(fit, node), name))
			return node;
	return -FDT_ERR_NOTFOUND;
}

bool fit_number(struct bytes property, const char *name, uint64_t *value, struct error *e)
{
	if (!property.data)
		return false;
	if (property.size != 4 && property.size != 8) {
		error_set(e, E_FIT_BROKEN, "%s has %zu bytes", name, property.size);
		return false;
	}
	*value = cells_get(property.data, (unsigned)property.size / 4);
	return true;
}

/* Erased flash, or flash that somebody has cleared. */
static bool is_empty(const fdt32_t head[2])
{
	return (!head[0] && !head[1]) || (!~head[0] && !~head[1]);
}

/* Behind a header, or what a programmer puts in front: its magic, and a size that the slot has. */
static int advise(const struct fit *fit, struct error *e)
{
	fdt32_t head[2];

	for (size_t at = 4; bytes_read(&fit->slot, at, head, sizeof(head)); at += 4)
		if (fdt32_ld(head) == FDT_MAGIC && fdt32_ld(head + 1) <= fit->slot.size - at)
			return error_explain(e, "; a FIT is at 0x%zx", at);
	return e->code;
}

static int open_tree(struct fit *fit, struct staging *staging, struct error *e)
{
	fdt32_t head[2]; /* magic, total size: read once */
	struct bytes tail;

	if (!bytes_read(&fit->slot, 0, head, sizeof(head)) || is_empty(head)) {
		error_set(e, E_NO_IMAGE, "empty slot of 0x%zx bytes", fit->slot.size);
		return advises() ? advise(fit, e) : e->code;
	}
	if (fdt32_ld(head) != FDT_MAGIC) {
		error_set(e, E_BAD_MAGIC, "magic 0x%08x, looks like %s", (unsigned)fdt32_ld(head),
			  image_looks_like(fit->slot));
		error_explain(e, "; a FIT has 0x%08x", FDT_MAGIC);
		return advises() ? advise(fit, e) : e->code;
	}
	fit->size = fdt32_ld(head + 1);
	if (!bytes_slice(&fit->slot, 0, fit->size, &fit->tree))
		return error_set(e, E_FIT_TRUNCATED, "FIT of 0x%zx bytes in a slot of 0x%zx",
				 fit->size, fit->slot.size);
	if (staging_hold(staging, &fit->tree, e))
		return e->code;
	if (bytes_slice(&fit->tree, fit->size - ERASED_TAIL, ERASED_TAIL, &tail) &&
	    bytes_are(tail, ERASED))
		return error_set(e, E_FIT_TRUNCATED, "FIT of 0x%zx bytes ends in erased flash",
				 fit->size);
	if (fdt_check_tree(fit->tree, "boot image", e))
		e->code = E_FIT_BROKEN;
	return e->code;
}

int fit_open(struct fit *fit, struct bytes slot, struct staging *staging, struct error *e)
{
	memset(fit, 0, sizeof(*fit));
	fit->slot = slot;
	error_about(e, "", "boot image");
	if (open_tree(fit, staging, e))
		return e->code;
	fit->images = fit_child(fit, 0, "images");
	if (fit->images < 0)
		return error_set(e, E_FIT_BROKEN, "no /images");
	if (fit_data_compare(fit, (struct bytes){ 0 }, &fit->size, e))
		return e->code;
	fit->configurations = fit_child(fit, 0, "configurations");
	if (fit->configurations < 0)
		return error_set(e, E_NO_CONFIGURATION, "no /configurations");
	return 0;
}

bool fit_asks_for_board(const struct fit *fit)
{
	int node;

	node_for_each_child(node, fit->tree.data, fit->configurations)
		if (property_get(fit->tree.data, node, "compatible").data)
			return true;
	return !property_get(fit->tree.data, fit->configurations, "default").data;
}

/* The first configuration for the first of the board's names that any is for; or negative. */
static int find_compatible(const struct fit *fit, struct bytes compatible)
{
	const char *name = (const char *)compatible.data;
	size_t left = compatible.size, size;
	int node;

	for (; left && (size = strnlen(name, left)) < left; name += size + 1, left -= size + 1)
		node_for_each_child(node, fit->tree.data, fit->configurations)
			if (node_is_compatible(fit->tree.data, node, name))
				return node;
	return -FDT_ERR_NOTFOUND;
}

/* What there is in place of what is not: nodes in @parent. */
static int advise_names(const struct fit *fit, int parent, struct error *e)
{
	int node;

	error_explain(e, "; there are:");
	node_for_each_child(node, fit->tree.data, parent)
		error_explain(e, " %s", fit_node_name(fit, node));
	return e->code;
}

/* Without a default one: which board was looked for, and which there are for others. */
static int refuse_board(const struct fit *fit, struct bytes compatible, struct error *e)
{
	int node;

	error_set(e, E_NO_CONFIGURATION, "no configuration for %s, nor a default one",
		  compatible.size ? (const char *)compatible.data : "without a name");
	error_explain(e, "; for:");
	node_for_each_child(node, fit->tree.data, fit->configurations) {
		const char *name = property_string(fit->tree.data, node, "compatible");

		error_explain(e, " %s", name ? name : "none");
	}
	return e->code;
}

int fit_choose(struct fit *fit, struct bytes compatible, struct error *e)
{
	const char *name;
	int code;

	error_about(e, "", "boot image");
	fit->configuration = find_compatible(fit, compatible);
	if (fit->configuration < 0) {
		name = property_string(fit->tree.data, fit->configurations, "default");
		if (!name)
			return refuse_board(fit, compatible, e);
		fit->configuration = fit_child(fit, fit->configurations, name);
		if (fit->configuration < 0) {
			code = error_set(e, E_NO_CONFIGURATION, "configuration %s is not there",
					 name);
			return advises() ? advise_names(fit, fit->configurations, e) : code;
		}
	}
	fit->configuration_name = fit_node_name(fit, fit->configuration);
	return 0;
}

const char *fit_configuration_string(const struct fit *fit, const char *property, int index)
{
	return index ? fdt_stringlist_get(fit->tree.data, fit->configuration, property, index,
					  NULL) :
		       property_string(fit->tree.data, fit->configuration, property);
}

static int add_hash(struct fit_image *image, const struct fit *fit, int node, struct error *e)
{
	const char *algorithm = property_string(fit->tree.data, node, "algo");
	const struct hash_algorithm *known;
	struct fit_hash *hash;
	struct bytes value;

	if (!algorithm)
		return error_set(e, E_FIT_BROKEN, "%s without algo", fit_node_name(fit, node));
	known = hash_find(algorithm);
	if (!known)
		return error_set(e, E_HASH_UNKNOWN, ERROR_NOT_IN_LOADER, "hash algorithm",
				 algorithm);
	value = property_get(fit->tree.data, node, "value");
	if (value.size != known->size)
		return error_set(e, E_FIT_BROKEN, "%s value of %u bytes", algorithm,
				 (unsigned)value.size);
	if (image->hashes == FIT_HASHES)
		return error_set(e, E_TOO_MANY, "more than %u hashes", (unsigned)FIT_HASHES);
	hash = &image->hash[image->hashes++];
	hash->algorithm = known;
	memcpy(hash->value, value.data, known->size);
	return 0;
}

static int read_hashes(struct fit_image *image, const struct fit *fit, int node,
		       bool allow_unhashed, struct error *e)
{
	int hash;

	node_for_each_child(hash, fit->tree.data, node) {
		const char *name = fit_node_name(fit, hash);

		if (!strncmp(name, "hash", 4) && add_hash(image, fit, hash, e))
			return e->code;
		if (!strncmp(name, "cipher", 6))
			return error_set(e, E_IMAGE_FORMAT, "encrypted, by its node %s", name);
	}
	if (!image->hashes && !allow_unhashed)
		return fit_advise_hash(error_set(e, E_NO_HASH, "no hash"), e);
	return features->signature ? features->signature->check_image(fit, image, e) : 0;
}

/* A string property, or @otherwise if it is absent; one that is no string is an error. */
static const char *string(struct bytes property, const char *name, const char *otherwise,
			  struct error *e)
{
	const char *s = string_of(property);

	if (!s && property.size)
		error_set(e, E_FIT_BROKEN, "%s is no string", name);
	return s ? s : otherwise;
}

enum { /* what is read of an image's node at once */
	TYPE,
	ARCH,
	OS,
	COMPRESSION,
	LOAD,
	ENTRY,
	PROPERTIES
};

static const char *const names[PROPERTIES] = {
	[TYPE] = "type", [ARCH] = "arch",   [OS] = "os", [COMPRESSION] = "compression",
	[LOAD] = "load", [ENTRY] = "entry",
};

int fit_image(struct fit_image *image, const struct fit *fit, const char *name, bool allow_unhashed,
	      struct error *e)
{
	int node = fit_child(fit, fit->images, name);
	struct bytes p[PROPERTIES];

	memset(image, 0, sizeof(*image));
	error_about(e, "image ", name);
	if (node < 0) {
		const int code = error_set(e, E_IMAGE_MISSING, "not in the boot image");

		return advises() ? advise_names(fit, fit->images, e) : code;
	}
	image->name = fit_node_name(fit, node);
	properties_get(fit->tree.data, node, names, PROPERTIES, p);
	image->type = string(p[TYPE], names[TYPE], "", e);
	image->arch = string(p[ARCH], names[ARCH], "", e);
	image->os = string(p[OS], names[OS], "", e);
	image->compression = string(p[COMPRESSION], names[COMPRESSION], "none", e);
	image->hint.has_load = fit_number(p[LOAD], names[LOAD], &image->hint.load, e);
	image->hint.bits = fit_word_is(image->arch, "arm64") ? 64 : 0;
	image->hint.has_entry = fit_number(p[ENTRY], names[ENTRY], &image->hint.entry, e);
	if (e->code || fit_data_take(fit, node, &image->data, e))
		return e->code;
	return read_hashes(image, fit, node, allow_unhashed, e);
}
