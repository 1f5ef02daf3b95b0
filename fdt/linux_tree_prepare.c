/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/board_tree.h"
#include "fdt/linux_tree_edit.h"

#define PEER_NAME 32 /* with its NUL, as in a manifest */

static int check_range(const struct edit *edit, struct range r, const char *what)
{
	phys_addr_t last = r.base + r.size - !!r.size;

	if (cells_fit(edit->root.address, last) && cells_fit(edit->root.size, r.size))
		return 0;
	return error_set(edit->e, E_OVERFLOW,
			 "device tree: %s: 0x%llx, 0x%llx bytes does not fit %u + %u cells", what,
			 (unsigned long long)r.base, (unsigned long long)r.size, edit->root.address,
			 edit->root.size);
}

static int check_plan(const struct edit *edit)
{
	const struct linux_tree *t = edit->t;

	if (t->memories > LINUX_MEMORIES || t->links > LINUX_LINKS || t->disables > LINUX_DISABLES)
		return error_set(edit->e, E_TOO_MANY,
				 "device tree: %u memories, %u links, %u disabled devices; at most "
				 "%u, %u, %u",
				 t->memories, t->links, t->disables, LINUX_MEMORIES, LINUX_LINKS,
				 LINUX_DISABLES);
	if (check_range(edit, t->initrd, "initrd"))
		return edit->e->code;
	for (unsigned i = 0; i < t->memories; i++)
		if (check_range(edit, t->memory[i], "memory"))
			return edit->e->code;
	for (unsigned i = 0; i < t->reserved_count; i++)
		if (check_range(edit, t->reserved[i].range, t->reserved[i].name))
			return edit->e->code;
	for (unsigned i = 0; i < t->links; i++) {
		const struct linux_link *l = &t->link[i];
		unsigned n = t->reserved_count;

		if (strlen(l->peer) >= PEER_NAME ||
		    (!l->failed && (l->table >= n || l->vring[0] >= n || l->vring[1] >= n ||
				    l->buffers >= n || l->receive.type == LINK_DOORBELL_SGI)))
			return error_set(edit->e, E_FDT_CHECK,
					 "link to %s: name too long, a region beyond %u, or an SGI "
					 "to wake Linux",
					 l->peer, n);
	}
	return 0;
}

static int check_cores(const struct edit *edit, struct bytes source)
{
	uint32_t there;

	if (board_tree_cores(source, &there, edit->e))
		return edit->e->code;
	if (!edit->t->cores || edit->t->cores & ~there)
		return error_set(edit->e, E_CORE_ABSENT,
				 "Linux's cores 0x%x, in the device tree 0x%x",
				 (unsigned)edit->t->cores, (unsigned)there);
	return 0;
}

/* Regions that are there already keep their #cells: they must be the root's, or Linux sees none. */
static bool reserved_cells_fit(const struct edit *edit)
{
	int node = fdt_subnode_offset(edit->fdt, 0, "reserved-memory");
	struct cells cells;

	return node < 0 || (cells_of(edit->fdt, node, &cells) &&
			    cells.address == edit->root.address && cells.size == edit->root.size);
}

static int find_disabled(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->disables; i++) {
		edit->disabled[i] = fdt_path_offset(edit->fdt, edit->t->disable[i]);
		if (edit->disabled[i] <= 0)
			return error_set(edit->e, E_MANIFEST_BROKEN,
					 "device %s is not in the device tree",
					 edit->t->disable[i]);
	}
	return 0;
}

static bool is_spi_controller(const void *fdt, int node, unsigned *cells)
{
	uint32_t count;

	if (!property_get(fdt, node, "interrupt-controller").data ||
	    !property_get_cell(fdt, node, "#interrupt-cells", &count) || count < 3 || count > 4)
		return false;
	*cells = count;
	return true;
}

/* A GIC counts an SPI in three cells, or four. The root's interrupt parent, else the first one. */
static int find_interrupt_parent(struct edit *edit)
{
	uint32_t phandle;
	int node;

	if (property_get_cell(edit->fdt, 0, "interrupt-parent", &phandle)) {
		node = fdt_node_offset_by_phandle(edit->fdt, phandle);
		if (node >= 0 && is_spi_controller(edit->fdt, node, &edit->interrupt_cells))
			return 0;
	}
	for (node = 0; node >= 0; node = fdt_next_node(edit->fdt, node, NULL)) {
		if (!is_spi_controller(edit->fdt, node, &edit->interrupt_cells))
			continue;
		edit->interrupt = fdt_get_phandle(edit->fdt, node);
		if (edit->interrupt)
			return 0;
	}
	return error_set(edit->e, E_FDT_BROKEN,
			 "device tree: no interrupt controller for doorbells");
}

int edit_prepare(struct edit *edit, struct bytes source)
{
	const struct linux_tree *t = edit->t;
	uint32_t highest;

	edit->fdt = source.data;
	if (check_cores(edit, source)) /* and the tree as such */
		return edit->e->code;
	if (!cells_of(edit->fdt, 0, &edit->root) || !edit->root.size ||
	    !cells_of(edit->fdt, fdt_subnode_offset(edit->fdt, 0, "cpus"), &edit->cpus) ||
	    !reserved_cells_fit(edit))
		return error_set(edit->e, E_FDT_BROKEN,
				 "device tree: #cells of the root or of /reserved-memory are odd");
	if (fdt_find_max_phandle(edit->fdt, &highest) ||
	    highest >= FDT_MAX_PHANDLE - t->reserved_count)
		return error_set(edit->e, E_FDT_BROKEN, "device tree: no phandle left above 0x%x",
				 (unsigned)highest);
	edit->phandle = highest + 1;
	if (check_plan(edit) || find_disabled(edit))
		return edit->e->code;
	for (unsigned i = 0; i < t->links; i++)
		if (!t->link[i].failed && t->link[i].receive.type == LINK_DOORBELL_SPI)
			return find_interrupt_parent(edit);
	return 0;
}
