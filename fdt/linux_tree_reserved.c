/* SPDX-License-Identifier: BSD-2-Clause */
/* /reserved-memory, and what of the source's takes its place or goes. */
#include <string.h>

#include "fdt/board_tree.h"
#include "fdt/linux_tree_edit.h"

/*
 * A node of that very name: it reserves nothing, or what ours does. The plan sees to a longer one.
 */
static int find_namesake(struct edit *edit, int parent, const struct reserved_region *r)
{
	char name[TREE_UNIT_NAME];
	struct bytes reg;
	struct range is;
	int node;

	tree_unit_name(name, r->name, r->range.base);
	node = node_child_named(edit->fdt, parent, name);
	reg = property_get(edit->fdt, node, "reg");
	if (node > 0 && node_is_available(edit->fdt, node) &&
	    (!range_take(&reg, &edit->root, &is) || !range_overlaps(&r->range, &is)))
		error_set(edit->e, E_FDT_BROKEN, "another region is %s", name);
	return node;
}

/* Are all of @r's bytes in regions? */
static bool is_covered(const struct linux_tree *t, const struct range *r)
{
	uint64_t done = 0;

	for (unsigned i = 0; i < t->reserved_count && done < r->size; i++) {
		const struct range *region = &t->reserved[i].range;
		uint64_t within = r->base + done - region->base;

		if (within < region->size) {
			done += region->size - within;
			i = -1u; /* from the first on */
		}
	}
	return done >= r->size;
}

/* A node that nobody refers to goes if all that it reserves is reserved anyway. */
static bool is_spare(const struct edit *edit, int node)
{
	struct bytes reg = property_get(edit->fdt, node, "reg");
	bool covered = reg.size && !node_phandle(edit->fdt, node) &&
		       node_is_available(edit->fdt, node);
	struct range r;

	while (covered && reg.size)
		covered = range_take(&reg, &edit->root, &r) && is_covered(edit->t, &r);
	return covered;
}

bool reserved_replaces(const struct edit *edit, int node)
{
	for (unsigned i = 0; i < edit->t->reserved_count; i++)
		if (edit->source[i] == node)
			return edit->t->reserved[i].kind != RESERVED_KEPT;
	return is_spare(edit, node);
}

static bool stays(const struct edit *edit, const struct tree_region *r)
{
	if (!r->name)
		return !is_covered(edit->t, &r->range);
	for (unsigned i = 0; i < edit->t->reserved_count; i++)
		if (edit->source[i] == r->node) /* or is one of the regions */
			return false;
	return !is_spare(edit, r->node);
}

/* Never two for one range: Linux warns, or believes the wrong one. */
static int refuse_second(void *arg, const struct tree_region *r)
{
	struct edit *edit = arg;

	for (unsigned i = 0; i < edit->t->reserved_count; i++) {
		const struct reserved_region *ours = &edit->t->reserved[i];

		if (range_overlaps(&ours->range, &r->range) && stays(edit, r))
			return error_set(edit->e, E_OVERLAP, "%s 0x%llx..0x%llx meets %s at 0x%llx",
					 r->name ? r->name : "memreserve",
					 (unsigned long long)r->range.base,
					 (unsigned long long)range_end(r->range), ours->name,
					 (unsigned long long)ours->range.base);
	}
	return 0;
}

bool reserved_takes(const struct edit *edit, const struct range *reservation)
{
	return board_tree_is_stale(edit->fdt, reservation) || is_covered(edit->t, reservation);
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
		node_for_each_child(node, edit->fdt, parent)
			boards += node_is_available(edit->fdt, node) &&
				  !reserved_replaces(edit, node);
	if (ours + boards > LINUX_RESERVED)
		return error_set(edit->e, E_TOO_MANY,
				 "%u reserved regions, %u of them the board's; Linux takes %u",
				 ours + boards, boards, LINUX_RESERVED);
	return edit->e->code ? edit->e->code : board_tree_regions(edit->fdt, refuse_second, edit);
}

uint32_t edit_give_phandle(struct edit *edit)
{
	if (edit->highest < FDT_MAX_PHANDLE - 1)
		return ++edit->highest;
	error_set(edit->e, E_FDT_BROKEN, "no phandles left");
	return 0;
}

int reserved_give_phandles(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->reserved_count; i++) {
		uint32_t *phandle = &edit->phandle[i];

		*phandle = edit->source[i] > 0 ? node_phandle(edit->fdt, edit->source[i]) : 0;
		if (!*phandle && edit->t->reserved[i].kind != RESERVED_KEPT)
			*phandle = edit_give_phandle(edit);
	}
	return edit->e->code;
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
	char name[TREE_UNIT_NAME];

	tree_unit_name(name, r->name, r->range.base);
	out_begin(edit, name);
	if (r->kind != RESERVED_PLAIN ||
	    (source > 0 && property_is(edit->fdt, source, "compatible", compatible)))
		out_string(edit, "compatible", compatible);
	out_reg(edit, &r->range);
	out_property(edit, "no-map", "", 0);
	if (edit->expecting) /* any that it has, which nodes of links then refer to */
		edit->phandle[i] = node_phandle(edit->fdt, edit->node[edit->depth]);
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
