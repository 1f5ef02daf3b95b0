/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "boot/feature/signature/covered.h"
#include "fdt/check.h"

/* How much of a node is covered. A sub-node of one has one less, unless it is listed itself. */
enum cover {
	COVER_NOTHING,
	COVER_TAGS,
	COVER_ALL
};

struct walk {
	const struct fit *fit;
	const char *strings; /* the block, and how much of it is covered */
	uint32_t strings_size;
	struct hash_state hash;
	int depth; /* of the node we are in; the root's is 0, -1 outside */
	enum cover cover[FDT_DEPTH_MAX];
	const char *section; /* name of the node of depth 1 */
};

static bool any_of(const char *string, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(string, list[i]))
			return true;
	return false;
}

bool covered_image(const struct fit *fit, const char *image)
{
	static const char *const properties[] = { "manifest", "kernel", "fdt", "ramdisk",
						  "loadables" };

	for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++)
		if (fdt_stringlist_search(fit->tree.data, fit->configuration, properties[i],
					  image) >= 0)
			return true;
	return false;
}

/* The nodes that are covered for themselves, by path: root, configuration, images, their hashes. */
static bool listed(const struct walk *w, const char *name)
{
	bool images = w->depth > 0 && !strcmp(w->section, "images");

	switch (w->depth) {
	case 0:
		return true;
	case 2:
		if (images)
			return covered_image(w->fit, name);
		return !strcmp(w->section, "configurations") &&
		       !strcmp(name, w->fit->configuration_name);
	case 3:
		return images && w->cover[2] == COVER_ALL && !strncmp(name, "hash", 4);
	default:
		return false;
	}
}

static enum cover enter(struct walk *w, const char *name)
{
	enum cover outer = w->depth < 0 ? COVER_NOTHING : w->cover[w->depth];
	enum cover *cover = &w->cover[++w->depth];

	if (w->depth == 1)
		w->section = name;
	*cover = listed(w, name) ? COVER_ALL : outer ? outer - 1 : COVER_NOTHING;
	return *cover;
}

static bool in_property_node(const struct walk *w)
{
	return w->depth >= 0 && w->cover[w->depth] == COVER_ALL;
}

static int cover_property(const struct walk *w, int offset, bool *covered, struct error *e)
{
	static const char *const moved[] = { "data", "data-size", "data-offset", "data-position" };
	const char *name;

	if (!in_property_node(w))
		return 0;
	fdt_getprop_by_offset(w->fit->tree.data, offset, &name, NULL);
	if (any_of(name, moved, sizeof(moved) / sizeof(moved[0])))
		return 0;
	*covered = true;
	if ((size_t)(name - w->strings) + strlen(name) >= w->strings_size)
		return error_set(e, E_SIGNATURE_WRONG, "the signature leaves out the name %s",
				 name);
	return 0;
}

static int cover_tag(struct walk *w, uint32_t tag, int offset, bool *covered, struct error *e)
{
	const char *name;

	switch (tag) {
	case FDT_BEGIN_NODE:
		name = fdt_get_name(w->fit->tree.data, offset, NULL);
		if (strchr(name, '@'))
			return error_set(e, E_NODE_NAME, "signed boot image with a node %s", name);
		*covered = enter(w, name);
		return 0;
	case FDT_END_NODE:
		*covered = w->cover[w->depth--];
		return 0;
	case FDT_PROP:
		return cover_property(w, offset, covered, e);
	case FDT_NOP:
		*covered = in_property_node(w);
		return 0;
	default: /* FDT_END */
		*covered = true;
		return 0;
	}
}

int covered_digest(const struct fit *fit, uint32_t strings, uint8_t digest[HASH_SIZE],
		   struct error *e)
{
	const uint8_t *tree = fit->tree.data; /* checked by fit_open(): whole, and not too deep */
	struct walk w = {
		.fit = fit,
		.strings = (const char *)tree + fdt_off_dt_strings(tree),
		.strings_size = strings,
		.hash.algorithm = hash_find("sha256"),
		.depth = -1,
	};
	int offset = 0, next;
	uint32_t tag;

	if (strings > fdt_size_dt_strings(tree))
		return error_set(e, E_SIGNATURE_WRONG, "signature of 0x%x bytes of strings",
				 (unsigned)strings);
	w.hash.algorithm->start(&w.hash);
	do {
		bool covered = false;

		tag = fdt_next_tag(tree, offset, &next);
		if (cover_tag(&w, tag, offset, &covered, e))
			return e->code;
		if (covered)
			w.hash.algorithm->add(&w.hash, tree + fdt_off_dt_struct(tree) + offset,
					      (size_t)(next - offset));
		offset = next;
	} while (tag != FDT_END);
	w.hash.algorithm->add(&w.hash, w.strings, strings);
	w.hash.algorithm->finish(&w.hash, digest);
	return 0;
}
