/* SPDX-License-Identifier: BSD-2-Clause */
#include "fdt/address.h"
#include "fdt/cells.h"
#include "fdt/check.h"

/* A bus, and how it says addresses to what is on it. */
struct bus {
	int node;
	struct cells cells;
};

/* As Linux counts them (drivers/of/base.c, of_n_addr_cells()): else as the bus above, at last 1. */
static struct bus open_bus(const void *fdt, int node, struct cells above)
{
	struct bus bus = { node, above };

	property_get_cell(fdt, node, "#address-cells", &bus.cells.address);
	property_get_cell(fdt, node, "#size-cells", &bus.cells.size);
	return bus;
}

static bool usable(const struct cells *cells)
{
	return cells->address && cells->address <= 2 && cells->size <= 2;
}

/* From an address on @bus to one on the bus that it is on itself. No `ranges`: there is no way. */
static bool step_up(const void *fdt, const struct bus *bus, const struct cells *above,
		    uint64_t *address)
{
	const struct bytes ranges = property_get(fdt, bus->node, "ranges");
	const size_t step = 4 * (bus->cells.address + above->address + bus->cells.size);

	if (!ranges.data || !usable(&bus->cells) || !usable(above))
		return false;
	for (size_t at = 0; at + step <= ranges.size; at += step) {
		const uint8_t *entry = ranges.data + at, *parent = entry + 4 * bus->cells.address;
		const uint64_t from = cells_get(entry, bus->cells.address);

		if (*address - from >= cells_get(parent + 4 * above->address, bus->cells.size))
			continue;
		*address += cells_get(parent, above->address) - from;
		return true;
	}
	return !ranges.size;
}

/* From the bus of that depth to the processor's. */
static bool step_to_root(const void *fdt, const struct bus *bus, int depth, uint64_t *address)
{
	for (; depth; depth--)
		if (!step_up(fdt, &bus[depth], &bus[depth - 1].cells, address))
			return false;
	return true;
}

bool node_address(const void *fdt, int node, uint64_t *address)
{
	struct bus bus[FDT_DEPTH_MAX + 1];
	struct bytes reg = property_get(fdt, node, "reg");
	int depth = 0;

	for (int at = node_next(fdt, 0, &depth); at != node; at = node_next(fdt, at, &depth)) {
		if (at < 0)
			return false;
		bus[depth].node = at;
	}
	bus[0] = open_bus(fdt, 0, (struct cells){ 1, 1 });
	for (int i = 1; i < depth; i++)
		bus[i] = open_bus(fdt, bus[i].node, bus[i - 1].cells);
	if (!usable(&bus[--depth].cells) || reg.size < 4 * bus[depth].cells.address)
		return false;
	*address = cells_get(reg.data, bus[depth].cells.address);
	return step_to_root(fdt, bus, depth, address);
}

/* @node is on the last of @bus, which @depth counts from the root's. */
static int each_range(const void *fdt, int node, const struct bus *bus, int depth,
		      node_range_t *one, void *arg)
{
	const struct cells *cells = &bus[depth].cells;
	struct bytes reg = property_get(fdt, node, "reg");
	struct range r;
	int rc = 0;

	if (!usable(cells) || !cells->size)
		return 0;
	while (!rc && reg.size >= cells_step(cells) && range_take(&reg, cells, &r)) {
		uint64_t address = r.base;

		if (r.size && step_to_root(fdt, bus, depth, &address) &&
		    range_make(&r, address, r.size))
			rc = one(arg, node, &r);
	}
	return rc;
}

int node_each_range(const void *fdt, node_enter_t *enter, node_range_t *one, void *arg)
{
	struct bus bus[FDT_DEPTH_MAX + 1];
	int depth = 0, off = FDT_DEPTH_MAX, rc = 0;

	bus[0] = open_bus(fdt, 0, (struct cells){ 1, 1 });
	for (int at = node_next(fdt, 0, &depth); at > 0 && !rc; at = node_next(fdt, at, &depth)) {
		if (depth > off)
			continue;
		off = enter(arg, at) ? FDT_DEPTH_MAX : depth;
		bus[depth] = open_bus(fdt, at, bus[depth - 1].cells);
		if (off != depth)
			rc = each_range(fdt, at, bus, depth - 1, one, arg);
	}
	return rc;
}
