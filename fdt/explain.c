/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "fdt/board_tree.h"
#include "fdt/cells.h"
#include "fdt/check.h"
#include "fdt/explain.h"

static void explain_cells(const void *fdt, int node, const char *path, struct error *e)
{
	static const char *const names[] = { "#address-cells", "#size-cells" };

	error_append(e, "; %s has", path);
	for (unsigned i = 0; i < 2; i++) {
		struct bytes p = property_get(fdt, node, names[i]);
		uint32_t count;

		if (property_get_cell(fdt, node, names[i], &count))
			error_append(e, "%s %s %u", i ? "," : "", names[i], (unsigned)count);
		else if (p.data)
			error_append(e, "%s %s of %u bytes", i ? "," : "", names[i],
				     (unsigned)p.size);
		else
			error_append(e, "%s no %s", i ? "," : "", names[i]);
	}
}

/* @size: how many cells of a size there have to be, at least. */
static bool cells_are_good(const void *fdt, int node, unsigned size)
{
	uint32_t cells[2];

	return property_get_cell(fdt, node, "#address-cells", &cells[0]) &&
	       property_get_cell(fdt, node, "#size-cells", &cells[1]) && cells[0] &&
	       cells[0] <= 2 && cells[1] >= size && cells[1] <= 2;
}

static void explain_memory(const void *fdt, int node, struct error *e)
{
	struct bytes reg = property_get(fdt, node, "linux,usable-memory");
	struct cells cells;
	struct range r;

	if (!reg.data)
		reg = property_get(fdt, node, "reg");
	if (!cells_of(fdt, 0, &cells))
		return;
	while (reg.size >= cells_step(&cells)) {
		const uint8_t *at = reg.data;

		if (range_take(&reg, &cells, &r))
			continue;
		error_append(e, "; 0x%llx bytes at 0x%llx pass the end of all addresses",
			     (unsigned long long)cells_get(at + 4 * cells.address, cells.size),
			     (unsigned long long)cells_get(at, cells.address));
		return;
	}
}

static void explain_broken(const void *fdt, struct error *e)
{
	const int cpus = fdt_subnode_offset(fdt, 0, "cpus");
	const int reserved = fdt_subnode_offset(fdt, 0, "reserved-memory");
	struct cells root, cells;
	int node;

	if (!cells_are_good(fdt, 0, 1)) {
		explain_cells(fdt, 0, "/", e);
		return;
	}
	if (cpus >= 0 && !cells_of(fdt, cpus, &cells))
		explain_cells(fdt, cpus, "/cpus", e);
	cells_of(fdt, 0, &root);
	if (reserved >= 0 &&
	    (!cells_of(fdt, reserved, &cells) || memcmp(&cells, &root, sizeof(cells)))) {
		explain_cells(fdt, reserved, "/reserved-memory", e);
		explain_cells(fdt, 0, "/", e);
	}
	fdt_for_each_subnode(node, fdt, 0)
		if (property_is(fdt, node, "device_type", "memory"))
			explain_memory(fdt, node, e);
}

static void explain_cores(const void *fdt, const struct core_set *cores, struct error *e)
{
	const int cpus = fdt_subnode_offset(fdt, 0, "cpus");
	struct cells cells;
	int node;

	if (cpus < 0 || !cells_of(fdt, cpus, &cells))
		return;
	fdt_for_each_subnode(node, fdt, cpus) {
		const char *name = fdt_get_name(fdt, node, NULL);
		struct bytes reg = property_get(fdt, node, "reg");

		if (!board_tree_is_core(fdt, node) || board_tree_core(fdt, node, cells, cores))
			continue;
		if (reg.size < 4 * cells.address)
			error_append(e, "; %s has a reg of %u bytes", name, (unsigned)reg.size);
		else
			error_append(e, "; %s is none of the board's, by reg 0x%llx", name,
				     (unsigned long long)cells_get(reg.data, cells.address));
	}
}

int tree_explain(struct bytes tree, const struct core_set *cores, struct error *e)
{
	struct error own = { 0 };

	if (!tree.size || fdt_check_tree(tree, "", &own))
		return e->code;
	if (e->code == E_FDT_BROKEN)
		explain_broken(tree.data, e);
	if (e->code == E_CORE_ABSENT)
		explain_cores(tree.data, cores, e);
	return e->code;
}
