/* SPDX-License-Identifier: BSD-2-Clause */
/* /reserved-memory, and what of the source's takes its place or goes. */
#include <string.h>

#include "fdt/board_tree.h"
#include "fdt/linux_tree_edit.h"

/* A node of that very name: it reserves nothing, or what ours does. The plan sees to a longer one. */
static int find_namesake(struct edit *edit, int parent, const struct reserved_region *r)
{
	char name[EDIT_UNIT_NAME];
	struct bytes reg;
	struct range is;
	int node;

	edit_unit_name(name, r->name, r->range.base);
	node = fdt_subnode_offset(edit->fdt, parent, name);
	reg = property_get(edit->fdt, node, "reg");
	if (node > 0 && node_is_available(edit->fdt, node) &&
	    (!range_take(&reg, &edit->root, &is) || !range_overlaps(&r->range, &is)))
		error_set(edit->e, E_FDT_BROKEN, "device tree: another region is %s", name);
	return node;
}

int reserved_prepare(struct edit *edit)
{
	const struct linux_tree *t = edit->t;
	int parent = edit->at[PLACE_RESERVED], node;
	unsigned boards = 0, ours = 0;

	for (unsigned i = 0; i < t->reserved_count; i++) {
		const struct reserved_region *r = &t->reserved[i];

		ours += r->kind != RESERVED_KEPT;
		edit->source[i] = r->instead ? r->instead :
				  parent > 0 ? find_namesake(edit, parent, r) :
					       0;
	}
	if (parent)
		fdt_for_each_subnode(node, edit->fdt, parent)
			boards += node_is_available(edit->fdt, node) &&
				  !reserved_replaces(edit, node);
	if (ours + boards > LINUX_RESERVED)
		return error_set(edit->e, E_TOO_MANY,
				 "%u reserved regions, %u of them the board's; Linux takes %u",
				 ours + boards, boards, LINUX_RESERVED);
	return edit->e->code;
}

bool reserved_replaces(const struct edit *edit, int node)
{
	for (unsigned i = 0; i < edit->t->reserved_count; i++)
		if (edit->source[i] == node)
			return edit->t->reserved[i].kind != RESERVED_KEPT;
	return false;
}

bool reserved_takes(const struct edit *edit, const struct range *reservation)
{
	if (board_tree_is_stale(edit->fdt, reservation))
		return true;
	for (unsigned i = 0; i < edit->t->reserved_count; i++)
		if (range_overlaps(&edit->t->reserved[i].range, reservation))
			return edit->t->reserved[i].kind != RESERVED_KEPT;
	return false;
}

int reserved_give_phandles(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->reserved_count; i++) {
		uint32_t *phandle = &edit->phandle[i];

		*phandle = edit->source[i] > 0 ? fdt_get_phandle(edit->fdt, edit->source[i]) : 0;
		if (*phandle || edit->t->reserved[i].kind == RESERVED_KEPT)
			continue;
		if (edit->highest >= FDT_MAX_PHANDLE - 1)
			return error_set(edit->e, E_FDT_BROKEN, "device tree: no phandles left");
		*phandle = ++edit->highest;
	}
	return 0;
}

/* Linux ignores all of it if its #cells are not the root's, or without `ranges`. */
void reserved_properties(struct edit *edit)
{
	out_cells(edit, "#address-cells", &edit->root.address, 1);
	out_cells(edit, "#size-cells", &edit->root.size, 1);
	out_property(edit, "ranges", "", 0);
}

/* Whoever names the source's node means ours, and may want it as its pool. */
static void reserved_node(struct edit *edit, const struct reserved_region *r, unsigned i)
{
	const char *compatible = r->kind == RESERVED_RECORD ? "peerboot,boot-record" :
							      "shared-dma-pool";
	int source = edit->source[i];
	char name[EDIT_UNIT_NAME];

	edit_unit_name(name, r->name, r->range.base);
	out_begin(edit, name);
	if (r->kind != RESERVED_PLAIN ||
	    (source > 0 && property_is(edit->fdt, source, "compatible", compatible)))
		out_string(edit, "compatible", compatible);
	out_reg(edit, &r->range);
	out_property(edit, "no-map", "", 0);
	out_cells(edit, "phandle", &edit->phandle[i], 1);
	if (source > 0 && property_get(edit->fdt, source, "linux,phandle").data)
		out_cells(edit, "linux,phandle", &edit->phandle[i], 1);
	out_end(edit);
}

void reserved_nodes(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->reserved_count; i++)
		if (edit->t->reserved[i].kind != RESERVED_KEPT)
			reserved_node(edit, &edit->t->reserved[i], i);
}

/* Of a finished tree: each has one, that nodes of links refer to. */
void reserved_read_phandles(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->reserved_count; i++) {
		const struct reserved_region *r = &edit->t->reserved[i];
		char name[EDIT_UNIT_NAME];

		edit_unit_name(name, r->name, r->range.base);
		edit->phandle[i] = fdt_get_phandle(
			edit->fdt, fdt_subnode_offset(edit->fdt, edit->at[PLACE_RESERVED], name));
	}
}
