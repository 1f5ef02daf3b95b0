/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/check.h"
#include "base/features.h"
#include "fdt/manifest_node.h"

static const struct field root_fields[] = {
	{ "#address-cells", FIELD_ANY, 0, 0, 0, 0 },
	{ "#size-cells", FIELD_ANY, 0, 0, 0, 0 },
	{ "compatible", FIELD_ANY, 0, 0, 0, 0 },
	{ "verbose", FIELD_FLAG, 0, 0, offsetof(struct manifest, verbose), 0 },
};
#define CELLS 3u /* the first two of them */

/*
 * A node whose sub-nodes are read to the elements of an array, each to what its name is first of.
 */
static const struct part {
	const char *name;
	int (*read)(const struct manifest_reading *r, int node, void *element);
	uint16_t count, array; /* offsets in struct manifest: how many there are, and where */
	uint16_t size, max;    /* of an element, of the array */
} parts[] = {
	/* links name contexts, so these come first, wherever they stand */
	{ "contexts", manifest_context_read, offsetof(struct manifest, contexts),
	  offsetof(struct manifest, context), sizeof(struct manifest_context), MANIFEST_CONTEXTS },
	{ "links", manifest_link_read, offsetof(struct manifest, links),
	  offsetof(struct manifest, link), sizeof(struct manifest_link), MANIFEST_LINKS },
};

/* Only what is listed below stands in the root. */
static int check_root_nodes(const struct manifest_reading *r)
{
	int node;

	node_for_each_child(node, r->fdt, 0) {
		const char *name = node_name(r->fdt, node);

		if (strcmp(name, parts[0].name) && strcmp(name, parts[1].name))
			return error_set(r->e, E_MANIFEST_BROKEN,
					 "node %s is neither contexts nor links", name);
	}
	return 0;
}

static int check_root(struct manifest_reading *r)
{
	uint32_t seen;

	if (manifest_node_read(r, 0, root_fields, 4, r->m, &seen) || check_root_nodes(r))
		return r->e->code;
	if (!property_is(r->fdt, 0, "compatible", "peerboot,manifest-v1"))
		return error_set(r->e, E_MANIFEST_BROKEN, "compatible is not peerboot,manifest-v1");
	if ((seen & CELLS) != CELLS || !cells_of(r->fdt, 0, &r->cells) || !r->cells.size)
		return error_set(r->e, E_MANIFEST_BROKEN,
				 "#address-cells or #size-cells not 1 or 2");
	return 0;
}

static int read_part(const struct manifest_reading *r, const struct part *part)
{
	int node, parent = node_child_named(r->fdt, 0, part->name);
	unsigned *count = (void *)((uint8_t *)r->m + part->count);
	uint8_t *element = (uint8_t *)r->m + part->array;
	uint32_t seen;

	if (parent < 0)
		return 0;
	if (manifest_node_read(r, parent, NULL, 0, NULL, &seen))
		return r->e->code;
	node_for_each_child(node, r->fdt, parent) {
		const char *name = node_name(r->fdt, node);
		const size_t len = strlen(name);

		manifest_about(r, name);
		if (len >= MANIFEST_NAME || node_child(r->fdt, node) >= 0)
			return error_set(r->e, E_MANIFEST_BROKEN,
					 "longer than 31 characters, or has a sub-node");
		if (*count == part->max)
			return error_set(r->e, E_TOO_MANY, "more than %u %s", part->max,
					 part->name);
		memcpy(element, name, len);
		if (part->read(r, node, element))
			return r->e->code;
		element += part->size;
		++*count;
	}
	return 0;
}

bool manifest_controls(const struct manifest_context *c, const char *name)
{
	for (unsigned i = 0; i < c->controls; i++)
		if (!strcmp(c->control[i], name))
			return true;
	return false;
}

static bool is_context(const struct manifest *m, const char *name)
{
	for (unsigned i = 0; i < m->contexts; i++)
		if (!strcmp(m->context[i].name, name))
			return true;
	return false;
}

static int check_controls(const struct manifest_reading *r)
{
	for (unsigned i = 0; features->monitor && i < r->m->contexts; i++) {
		const struct manifest_context *c = &r->m->context[i];

		manifest_about(r, c->name);
		for (unsigned k = 0; k < c->controls; k++)
			if (!is_context(r->m, c->control[k]) || !strcmp(c->control[k], c->name))
				return error_set(r->e, E_MANIFEST_BROKEN,
						 "controls no other context %s", c->control[k]);
	}
	return 0;
}

int manifest_read(struct manifest *m, struct bytes dtb, struct error *e)
{
	struct manifest_reading r = { .m = m, .fdt = dtb.data, .e = e };

	memset(m, 0, sizeof(*m));
	if (fdt_check_tree(dtb, "manifest", e) || check_root(&r))
		return e->code;
	for (unsigned i = 0; i < 2; i++)
		if (read_part(&r, &parts[i]))
			return e->code;
	if (check_controls(&r))
		return e->code;
	manifest_about(&r, "/");
	if (!m->contexts)
		return error_set(e, E_MANIFEST_BROKEN, "no contexts");
	return manifest_give_vdevs(&r);
}
