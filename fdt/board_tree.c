/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "fdt/board_tree.h"
#include "fdt/cells.h"
#include "fdt/check.h"

bool board_tree_is_core(const void *fdt, int node)
{
	const char *name = fdt_get_name(fdt, node, NULL);

	/* Older trees of some parts have no device_type; cpu-map and idle-states have other names. */
	return property_is(fdt, node, "device_type", "cpu") || !strncmp(name, "cpu@", 4);
}

bool board_tree_core(const void *fdt, int node, struct cells cells, unsigned *core)
{
	struct bytes reg = property_get(fdt, node, "reg");

	if (reg.size < 4 * cells.address)
		return false;
	*core = cells_get(reg.data, cells.address) & 0xff;
	return *core < 32;
}

static int broken(struct error *e, const char *where)
{
	return error_set(e, E_FDT_BROKEN, "device tree: %s: reg or #cells", where);
}

int board_tree_cores(struct bytes tree, uint32_t *cores, struct error *e)
{
	const void *fdt = tree.data;
	struct cells cells;
	unsigned core;
	int cpus, node;

	if (fdt_check_tree(tree, "device tree", e))
		return e->code;
	cpus = fdt_subnode_offset(fdt, 0, "cpus");
	if (cpus < 0 || !cells_of(fdt, cpus, &cells))
		return broken(e, "/cpus");
	*cores = 0;
	fdt_for_each_subnode(node, fdt, cpus) {
		if (!board_tree_is_core(fdt, node))
			continue;
		if (!board_tree_core(fdt, node, cells, &core))
			return broken(e, fdt_get_name(fdt, node, NULL));
		*cores |= 1u << core;
	}
	return 0;
}

int board_tree_memory(struct bytes tree, struct range *ram, unsigned max, unsigned *count,
		      struct error *e)
{
	const void *fdt = tree.data;
	struct cells cells;
	int node;

	if (fdt_check_tree(tree, "device tree", e))
		return e->code;
	if (!cells_of(fdt, 0, &cells) || !cells.size)
		return broken(e, "/");
	*count = 0;
	fdt_for_each_subnode(node, fdt, 0) {
		struct bytes reg = property_get(fdt, node, "reg");
		struct range r;

		if (!property_is(fdt, node, "device_type", "memory"))
			continue;
		while (reg.size >= cells_step(&cells)) {
			if (!range_take(&reg, &cells, &r))
				return broken(e, fdt_get_name(fdt, node, NULL));
			/* Trees for boot loaders that fill in the size come with 0. */
			if (!r.size)
				continue;
			if (*count == max)
				return error_set(e, E_TOO_MANY,
						 "device tree: more than %u ranges of memory", max);
			ram[(*count)++] = r;
		}
	}
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
		return error_set(e, E_FDT_BROKEN, "device tree: compatible is no string");
	return 0;
}
