/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/check.h"
#include "fdt/manifest_node.h"

static const struct field root_fields[] = {
	{ "compatible", FIELD_ANY, 0, 0 },
	{ "#address-cells", FIELD_ANY, 0, 0 },
	{ "#size-cells", FIELD_ANY, 0, 0 },
};

static const struct part {
	const char *name;
	int (*read)(const struct manifest_reading *r, int node, const char *name);
} parts[] = {
	{ "contexts", manifest_context_read },
	{ "links", manifest_link_read },
};

static int check_root(struct manifest_reading *r)
{
	unsigned nodes = 0;
	uint32_t seen;
	int node;

	if (!property_is(r->fdt, 0, "compatible", "peerboot,manifest-v1") ||
	    !cells_of(r->fdt, 0, &r->cells) || !r->cells.size)
		return manifest_error(r, E_MANIFEST_BROKEN, "/", "compatible or #cells");
	fdt_for_each_subnode(node, r->fdt, 0)
		nodes++;
	for (unsigned i = 0; i < 2; i++)
		nodes -= fdt_subnode_offset(r->fdt, 0, parts[i].name) >= 0;
	if (nodes)
		return manifest_error(r, E_MANIFEST_BROKEN, "/", "more than contexts and links");
	return manifest_node_read(r, 0, root_fields, 3, r->m, &seen);
}

static int read_part(const struct manifest_reading *r, const struct part *part)
{
	int node, parent = fdt_subnode_offset(r->fdt, 0, part->name);
	uint32_t seen;

	if (parent < 0)
		return 0;
	if (manifest_node_read(r, parent, NULL, 0, NULL, &seen))
		return r->e->code;
	fdt_for_each_subnode(node, r->fdt, parent) {
		int len;
		const char *name = fdt_get_name(r->fdt, node, &len);

		if (len >= MANIFEST_NAME || fdt_first_subnode(r->fdt, node) >= 0)
			return manifest_error(r, E_MANIFEST_BROKEN, name,
					      "name too long, or a sub-node");
		if (part->read(r, node, name))
			return r->e->code;
	}
	return 0;
}

int manifest_read(struct manifest *m, struct bytes dtb, struct error *e)
{
	struct manifest_reading r = { .m = m, .fdt = dtb.data, .e = e };

	*m = (struct manifest){ 0 };
	/* Links name contexts, so these come first, wherever they stand. */
	if (fdt_check_tree(dtb, "manifest", e) || check_root(&r) || read_part(&r, &parts[0]) ||
	    read_part(&r, &parts[1]) || manifest_give_vdevs(&r))
		return e->code;
	return m->contexts ? 0 : manifest_error(&r, E_MANIFEST_BROKEN, "/", "no contexts");
}
