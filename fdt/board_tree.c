/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "base/explain.h"
#include "fdt/board_tree.h"
#include "fdt/cells.h"
#include "fdt/check.h"

#define PAGE 4096u

/* The flag of a node that cannot be used, or "fail-" and why. */
static bool has_failed(const void *fdt, int node)
{
	struct bytes status = property_get(fdt, node, "status");

	return status.size > 4 && !memcmp(status.data, "fail", 4) &&
	       (!status.data[4] || status.data[4] == '-');
}

/* As Linux: drivers/of/base.c, of_get_next_cpu_node(). */
bool board_tree_is_core(const void *fdt, int node)
{
	const char *name = node_name(fdt, node);

	/*
	 * Older trees of some parts have no device_type; cpu-map and idle-states have other names.
	 */
	return (property_is(fdt, node, "device_type", "cpu") ||
		(!strncmp(name, "cpu", 3) && (!name[3] || name[3] == '@'))) &&
	       !has_failed(fdt, node);
}

uint32_t board_tree_core(const void *fdt, int node, struct cells cells, const struct core_set *set)
{
	struct bytes reg = property_get(fdt, node, "reg");

	/* Without an id, Linux can't do anything with it. */
	return reg.size < 4 * cells.address ?
		       0 :
		       core_set_find(set, cells_get(reg.data, cells.address));
}

static int broken(struct error *e, const char *where)
{
	return error_set(e, E_FDT_BROKEN, "%s: reg, #address-cells or #size-cells", where);
}

int board_tree_cores(struct bytes tree, const struct core_set *cores, bool others, uint32_t *found,
		     struct error *e)
{
	const void *fdt = tree.data;
	struct cells cells;
	int cpus, node;

	if (fdt_check_tree(tree, "device tree", e))
		return e->code;
	cpus = node_child_named(fdt, 0, "cpus");
	if (explains() && cpus < 0)
		return error_set(e, E_FDT_BROKEN, "no /cpus");
	if (cpus < 0 || !cells_of(fdt, cpus, &cells))
		return broken(e, "/cpus");
	*found = 0;
	node_for_each_child(node, fdt, cpus) {
		uint32_t core = board_tree_core(fdt, node, cells, cores);

		if (!board_tree_is_core(fdt, node))
			continue;
		if (core ? *found & core : !others)
			return error_set(e, E_CORE_TWICE, "%s: twice", node_name(fdt, node));
		*found |= core;
	}
	return 0;
}

/*
 * Linux leaves out pages that are not wholly there: drivers/of/fdt.c,
 * early_init_dt_add_memory_arch(). The last page of all is nobody's.
 */
static struct range whole_pages(struct range r)
{
	uint32_t before = -(uint32_t)r.base & (PAGE - 1); /* the first that is wholly there */

	if (r.size <= before)
		return (struct range){ 0 };
	r.base += before;
	r.size = (r.size - before) & ~(uint64_t)(PAGE - 1);
	if (!range_end(r))
		r.size -= PAGE;
	return r;
}

static int add_memory(const void *fdt, int node, const struct cells *cells, struct range *ram,
		      unsigned *count, struct error *e)
{
	struct bytes reg = property_get(fdt, node, "linux,usable-memory");
	struct range r;

	if (!reg.data)
		reg = property_get(fdt, node, "reg");
	while (reg.size >= cells_step(cells)) {
		if (!range_take(&reg, cells, &r))
			return broken(e, node_name(fdt, node));
		r = whole_pages(r);
		/* Trees for boot loaders that fill in the size come with 0. */
		if (r.size && !range_list_add(ram, count, BOARD_TREE_MEMORIES, r))
			return error_set(e, E_TOO_MANY, "more than %u ranges of memory",
					 BOARD_TREE_MEMORIES);
	}
	return 0;
}

/*
 * As Linux: drivers/of/fdt.c, early_init_dt_scan_memory(). But where the root does not say how long
 * addresses and sizes are, Linux takes one cell for each, the specification another number: who
 * wrote such a tree meant something that nobody can know.
 */
int board_tree_memory(struct bytes tree, struct range *ram, unsigned *count, struct error *e)
{
	const void *fdt = tree.data;
	struct cells cells;
	int node;

	if (fdt_check_tree(tree, "device tree", e))
		return e->code;
	if (!cells_of(fdt, 0, &cells) || !cells.size ||
	    !property_get(fdt, 0, "#address-cells").data ||
	    !property_get(fdt, 0, "#size-cells").data)
		return broken(e, "/");
	*count = 0;
	node_for_each_child(node, fdt, 0)
		if (property_is(fdt, node, "device_type", "memory") &&
		    node_is_available(fdt, node) && add_memory(fdt, node, &cells, ram, count, e))
			return e->code;
	return 0;
}

int board_tree_compatible(struct bytes tree, struct bytes *names, struct error *e)
{
	*names = (struct bytes){ 0 };
	if (!tree.size)
		return 0;
	if (fdt_check_tree(tree, "device tree", e))
		return e->code;
	*names = property_get(tree.data, 0, "compatible");
	if (names->size && names->data[names->size - 1])
		return error_set(e, E_FDT_BROKEN, "compatible is no string");
	return 0;
}
