/* SPDX-License-Identifier: BSD-2-Clause */
#include "fdt/board_tree.h"
#include "fdt/linux_tree_edit.h"

static int broken(const struct edit *edit, const char *why)
{
	return error_set(edit->e, E_FDT_BROKEN, "device tree: %s", why);
}

/* Regions that are there already keep their #cells: they must be the root's, or Linux sees none. */
static bool find_cells(struct edit *edit)
{
	int cpus = fdt_subnode_offset(edit->fdt, 0, "cpus");
	int reserved = fdt_subnode_offset(edit->fdt, 0, "reserved-memory");
	struct cells cells;

	if (!cells_of(edit->fdt, 0, &edit->root) || !edit->root.size ||
	    !cells_of(edit->fdt, cpus, &edit->cpus))
		return false;
	return reserved < 0 ||
	       (cells_of(edit->fdt, reserved, &cells) && cells.address == edit->root.address &&
		cells.size == edit->root.size);
}

static int find_disabled(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->disables; i++) {
		edit->disabled[i] = fdt_path_offset(edit->fdt, edit->t->disable[i]);
		if (edit->disabled[i] <= 0)
			return error_set(edit->e, E_MANIFEST_BROKEN, "device tree: no device %s",
					 edit->t->disable[i]);
	}
	return 0;
}

int edit_open(struct edit *edit)
{
	const struct linux_tree *t = edit->t;

	if (t->memories > LINUX_MEMORIES || t->disables > LINUX_DISABLES)
		return error_set(edit->e, E_TOO_MANY, "device tree: %u memories, %u devices",
				 t->memories, t->disables);
	if (!find_cells(edit))
		return broken(edit, "#cells of /, /cpus or /reserved-memory");
	return find_disabled(edit);
}

int edit_prepare(struct edit *edit, struct bytes source)
{
	uint32_t cores;
	int node;

	edit->fdt = source.data;
	if (board_tree_cores(source, &cores, edit->e)) /* checks the tree as such */
		return edit->e->code;
	if (!edit->t->cores || edit->t->cores & ~cores)
		return error_set(edit->e, E_CORE_ABSENT, "device tree: cores 0x%x, Linux's 0x%x",
				 (unsigned)cores, (unsigned)edit->t->cores);
	if (edit_open(edit))
		return edit->e->code;
	/* Much refers to cores, and may come before them. */
	fdt_for_each_subnode(node, edit->fdt, fdt_subnode_offset(edit->fdt, 0, "cpus"))
		if (edit_is_foreign_core(edit, node))
			edit_leave_out(edit, node);
	return edit->e->code;
}
