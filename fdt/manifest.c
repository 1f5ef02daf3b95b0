/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/check.h"
#include "fdt/manifest_node.h"

#define COMPATIBLE "peerboot,manifest-v1"

struct root {
	struct bytes ignored; /* read in their own ways */
};

static const struct field root_fields[] = {
	{ "compatible", FIELD_RAW, 0 },
	{ "#address-cells", FIELD_RAW, 0 },
	{ "#size-cells", FIELD_RAW, 0 },
};

static const struct {
	const char *name;
	int (*read)(const struct manifest_reading *r, int parent);
} parts[] = {
	{ "contexts", manifest_contexts_read },
	{ "links", manifest_links_read },
};

static int check_root(struct manifest_reading *r)
{
	struct root root;
	int node;

	if (!property_is(r->fdt, 0, "compatible", COMPATIBLE))
		return manifest_error(r, E_MANIFEST_BROKEN, "compatible", "not " COMPATIBLE);
	if (!cells_of(r->fdt, 0, &r->cells) || !r->cells.size)
		return manifest_error(r, E_MANIFEST_BROKEN, "#address-cells, #size-cells",
				      "wanted 1 or 2");
	fdt_for_each_subnode(node, r->fdt, 0) {
		const char *name = fdt_get_name(r->fdt, node, NULL);

		if ((strcmp(name, parts[0].name) && strcmp(name, parts[1].name)) ||
		    node != fdt_subnode_offset(r->fdt, 0, name))
			return manifest_error(r, E_MANIFEST_BROKEN, name,
					      "unknown node, or the second of its name");
	}
	return manifest_node_read(r, 0, root_fields, sizeof(root_fields) / sizeof(root_fields[0]),
				  &root);
}

int manifest_read(struct manifest *m, struct bytes dtb, struct error *e)
{
	struct manifest_reading r = { .m = m, .fdt = dtb.data, .e = e };
	int rc;

	*m = (struct manifest){ 0 };
	if (fdt_check_tree(dtb, "manifest", e))
		return e->code;
	rc = check_root(&r);
	/* Links name contexts, so these come first, wherever they stand. */
	for (unsigned i = 0; !rc && i < sizeof(parts) / sizeof(parts[0]); i++) {
		int node = fdt_subnode_offset(r.fdt, 0, parts[i].name);

		if (node >= 0)
			rc = manifest_node_read(&r, node, NULL, 0, NULL);
		if (!rc && node >= 0)
			rc = parts[i].read(&r, node);
	}
	if (!rc && !m->contexts)
		rc = manifest_error(&r, E_MANIFEST_BROKEN, "contexts", "none");
	return rc;
}
