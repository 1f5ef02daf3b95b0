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

bool node_address(const void *fdt, int node, uint64_t *address)
{
	struct bus bus[FDT_DEPTH_MAX + 1];
	struct bytes reg = property_get(fdt, node, "reg");
	int depth = 0;

	bus[0] = open_bus(fdt, 0, (struct cells){ 1, 1 });
	for (int at = node_next(fdt, 0, &depth); at != node; at = node_next(fdt, at, &depth)) {
		if (at < 0)
			return false;
		bus[depth] = open_bus(fdt, at, bus[depth - 1].cells);
	}
	if (!usable(&bus[--depth].cells) || reg.size < 4 * bus[depth].cells.address)
		return false;
	*address = cells_get(reg.data, bus[depth].cells.address);
	for (; depth; depth--)
		if (!step_up(fdt, &bus[depth], &bus[depth - 1].cells, address))
			return false;
	return true;
}
