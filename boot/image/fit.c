/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "boot/feature/signature.h"
#include "boot/image/fit.h"
#include "fdt/check.h"

#define ERASED_TAIL 16 /* bytes; no tree ends in so many 0xff, erased flash does */

static uint32_t get_be32(const void *from)
{
	const uint8_t *b = from;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool filled_with(struct bytes data, uint8_t value)
{
	for (size_t i = 0; i < data.size; i++)
		if (data.data[i] != value)
			return false;
	return true;
}

static const char *node_name(const struct fit *fit, int node)
{
	const char *name = fdt_get_name(fit->tree.data, node, NULL);

	return name ? name : "?";
}

/* By the whole name: fdt_subnode_offset() would take "kernel@1" for "kernel". */
static int child(const struct fit *fit, int parent, const char *name)
{
	int node;

	fdt_for_each_subnode(node, fit->tree.data, parent)
		if (!strcmp(node_name(fit, node), name))
			return node;
	return -FDT_ERR_NOTFOUND;
}

/* A number of one or two cells; false if the property is absent, an error if it is no number. */
static bool number(const struct fit *fit, int node, const char *property, uint64_t *value,
		   struct error *e)
{
	int length;
	const uint8_t *p = fdt_getprop(fit->tree.data, node, property, &length);

	if (!p)
		return false;
	if (length != 4 && length != 8) {
		error_set(e, E_FIT_BROKEN, "image %s: %s has %d bytes", node_name(fit, node),
			  property, length);
		return false;
	}
	*value = get_be32(p);
	if (length == 8)
		*value = *value << 32 | get_be32(p + 4);
	return true;
}

/* Where an image's data lies in the slot. *external: behind the tree, and so to be compared. */
static int locate_data(const struct fit *fit, int node, struct bytes *data, struct range *range,
		       bool *external, struct error *e)
{
	uint64_t base, size, offset, position;
	bool has_offset = number(fit, node, "data-offset", &offset, e);
	bool has_position = number(fit, node, "data-position", &position, e);
	bool has_size = number(fit, node, "data-size", &size, e);
	const char *name = node_name(fit, node);
	int length;
	const uint8_t *inside = fdt_getprop(fit->tree.data, node, "data", &length);

	if (e->code)
		return e->code;
	*external = !inside;
	if (!!inside + has_offset + has_position > 1)
		return error_set(e, E_FIT_BROKEN, "image %s: its data is in more than one place",
				 name);
	if (inside) {
		*data = (struct bytes){ inside, (size_t)length };
		*range = (struct range){ (uint64_t)(inside - fit->slot.data), (uint64_t)length };
		return 0;
	}
	if (!has_size || (!has_offset && !has_position))
		return error_set(e, E_IMAGE_DATA, "image %s: no data", name);
	/* An offset counts from the end of the tree, aligned to 4. */
	if (has_position)
		base = position;
	else if (!add_checked(((uint64_t)fit->tree.size + 3) & ~3ull, offset, &base))
		return error_set(e, E_IMAGE_DATA, "image %s: data-offset 0x%llx", name,
				 (unsigned long long)offset);
	if (base < fit->tree.size || !bytes_slice(fit->slot, base, size, data))
		return error_set(
			e, E_IMAGE_DATA,
			"image %s: data 0x%llx of 0x%llx bytes is not between the tree's end 0x%x and the slot's 0x%x",
			name, (unsigned long long)base, (unsigned long long)size,
			(unsigned)fit->tree.size, (unsigned)fit->slot.size);
	*range = (struct range){ base, size };
	return 0;
}

/* Every image's data in the slot, and none over another's. */
static int check_data(struct fit *fit, struct error *e)
{
	struct range range[FIT_IMAGES];
	int owner[FIT_IMAGES];
	unsigned count = 0;
	struct bytes data;
	bool external;
	int node;

	fdt_for_each_subnode(node, fit->tree.data, fit->images) {
		if (count == FIT_IMAGES)
			return error_set(e, E_TOO_MANY, "boot image with more than %u images",
					 (unsigned)FIT_IMAGES);
		if (locate_data(fit, node, &data, &range[count], &external, e))
			return e->code;
		if (!external) /* properties don't overlap */
			continue;
		for (unsigned i = 0; i < count; i++)
			if (range_overlaps(&range[i], &range[count]))
				return error_set(
					e, E_IMAGE_DATA,
					"data of image %s 0x%llx..0x%llx overlaps image %s 0x%llx..0x%llx",
					node_name(fit, node), (unsigned long long)range[count].base,
					(unsigned long long)range_end(range[count]),
					node_name(fit, owner[i]), (unsigned long long)range[i].base,
					(unsigned long long)range_end(range[i]));
		if (range_end(range[count]) > fit->size)
			fit->size = range_end(range[count]);
		owner[count++] = node;
	}
	return 0;
}

static int open_tree(struct fit *fit, struct error *e)
{
	uint8_t head[8]; /* magic, total size: read once */
	struct error inner = { 0 };
	struct bytes tail;

	if (!bytes_read(fit->slot, 0, head, sizeof(head)))
		return error_set(e, E_NO_IMAGE, "slot of %u bytes", (unsigned)fit->slot.size);
	tail = (struct bytes){ head, sizeof(head) };
	if (filled_with(tail, 0xff) || filled_with(tail, 0))
		return error_set(e, E_NO_IMAGE, "no boot image: the slot is empty");
	if (get_be32(head) != FDT_MAGIC)
		return error_set(e, E_BAD_MAGIC, "boot image has magic 0x%08x, a FIT has 0x%08x",
				 (unsigned)get_be32(head), FDT_MAGIC);
	fit->size = get_be32(head + 4);
	if (!bytes_slice(fit->slot, 0, fit->size, &fit->tree))
		return error_set(e, E_FIT_TRUNCATED, "FIT of 0x%x bytes in a slot of 0x%x",
				 (unsigned)fit->size, (unsigned)fit->slot.size);
	if (fit->size > ERASED_TAIL &&
	    bytes_slice(fit->tree, fit->size - ERASED_TAIL, ERASED_TAIL, &tail) &&
	    filled_with(tail, 0xff))
		return error_set(e, E_FIT_TRUNCATED, "FIT of 0x%x bytes ends in erased flash",
				 (unsigned)fit->size);
	if (fdt_check_tree(fit->tree, "boot image", &inner))
		return error_set(e, E_FIT_BROKEN, "%s", inner.text);
	return 0;
}

int fit_open(struct fit *fit, struct bytes slot, struct error *e)
{
	memset(fit, 0, sizeof(*fit));
	fit->slot = slot;
	if (open_tree(fit, e))
		return e->code;
	fit->images = child(fit, 0, "images");
	if (fit->images < 0)
		return error_set(e, E_FIT_BROKEN, "FIT without /images");
	if (check_data(fit, e))
		return e->code;
	fit->configurations = child(fit, 0, "configurations");
	if (fit->configurations < 0)
		return error_set(e, E_NO_CONFIGURATION, "FIT without /configurations");
	return 0;
}

bool fit_asks_for_board(const struct fit *fit)
{
	int node;

	fdt_for_each_subnode(node, fit->tree.data, fit->configurations)
		if (fdt_getprop(fit->tree.data, node, "compatible", NULL))
			return true;
	return false;
}

/* The first configuration for the first of the board's names that any is for; or negative. */
static int find_compatible(const struct fit *fit, struct bytes compatible)
{
	const char *name = (const char *)compatible.data;
	size_t left = compatible.size, size;
	int node;

	for (; left && (size = strnlen(name, left)) < left; name += size + 1, left -= size + 1)
		fdt_for_each_subnode(node, fit->tree.data, fit->configurations)
			if (fdt_stringlist_search(fit->tree.data, node, "compatible", name) >= 0)
				return node;
	return -FDT_ERR_NOTFOUND;
}

int fit_choose(struct fit *fit, struct bytes compatible, struct error *e)
{
	const char *name;

	fit->configuration = find_compatible(fit, compatible);
	if (fit->configuration < 0) {
		name = fdt_stringlist_get(fit->tree.data, fit->configurations, "default", 0, NULL);
		if (!name)
			return error_set(
				e, E_NO_CONFIGURATION,
				"FIT has no default configuration, and none for a board %s",
				compatible.size ? (const char *)compatible.data : "without a name");
		fit->configuration = child(fit, fit->configurations, name);
		if (fit->configuration < 0)
			return error_set(e, E_NO_CONFIGURATION, "configuration %s is not there",
					 name);
	}
	fit->configuration_name = node_name(fit, fit->configuration);
	return 0;
}

const char *fit_configuration_string(const struct fit *fit, const char *property, int index)
{
	return fdt_stringlist_get(fit->tree.data, fit->configuration, property, index, NULL);
}

static int add_hash(struct fit_image *image, const struct fit *fit, int node, struct error *e)
{
	const char *algorithm = fdt_stringlist_get(fit->tree.data, node, "algo", 0, NULL);
	const struct hash_algorithm *known;
	const void *value;
	int length;

	if (!algorithm)
		return error_set(e, E_FIT_BROKEN, "image %s: %s without algo", image->name,
				 node_name(fit, node));
	known = hash_find(algorithm);
	if (!known)
		return error_set(e, E_HASH_UNKNOWN, "image %s: unknown hash algorithm %s",
				 image->name, algorithm);
	value = fdt_getprop(fit->tree.data, node, "value", &length);
	if (!value || (size_t)length != known->size)
		return error_set(e, E_FIT_BROKEN, "image %s: %s value of %d bytes", image->name,
				 algorithm, value ? length : 0);
	if (image->hashes == FIT_HASHES)
		return error_set(e, E_TOO_MANY, "image %s: more than %u hashes", image->name,
				 (unsigned)FIT_HASHES);
	image->hash[image->hashes].algorithm = known;
	memcpy(image->hash[image->hashes++].value, value, known->size);
	return 0;
}

static int read_hashes(struct fit_image *image, const struct fit *fit, int node,
		       bool allow_unhashed, struct error *e)
{
	int hash;

	fdt_for_each_subnode(hash, fit->tree.data, node)
		if (!strncmp(node_name(fit, hash), "hash", 4) && add_hash(image, fit, hash, e))
			return e->code;
	if (!image->hashes && !allow_unhashed)
		return error_set(e, E_NO_HASH, "image %s: no hash", image->name);
	return signature_check_image(fit, image, e);
}

/* A string property, or @otherwise if it is absent; one that is no string is an error. */
static const char *string(const struct fit *fit, int node, const char *property,
			  const char *otherwise, struct error *e)
{
	int length;
	const char *s = fdt_stringlist_get(fit->tree.data, node, property, 0, &length);

	if (!s && length != -FDT_ERR_NOTFOUND)
		error_set(e, E_FIT_BROKEN, "image %s: %s is no string", node_name(fit, node),
			  property);
	return s ? s : otherwise;
}

int fit_image(struct fit_image *image, const struct fit *fit, const char *name, bool allow_unhashed,
	      struct error *e)
{
	int node = child(fit, fit->images, name);
	struct range range;
	bool external;

	memset(image, 0, sizeof(*image));
	if (node < 0)
		return error_set(e, E_IMAGE_MISSING, "image %s is not in the boot image", name);
	image->name = node_name(fit, node);
	image->type = string(fit, node, "type", "", e);
	image->compression = string(fit, node, "compression", "none", e);
	image->hint.has_load = number(fit, node, "load", &image->hint.load, e);
	image->hint.has_entry = number(fit, node, "entry", &image->hint.entry, e);
	if (e->code || locate_data(fit, node, &image->data, &range, &external, e))
		return e->code;
	return read_hashes(image, fit, node, allow_unhashed, e);
}
