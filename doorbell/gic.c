/* SPDX-License-Identifier: BSD-2-Clause */
/* Doorbells of a GIC as the loader checks and describes them, and the GIC in a device tree. */
#include <libfdt.h>

#include "boot/feature/explain.h"
#include "doorbell/gic.h"
#include "doorbell/gic_internal.h"
#include "fdt/cells.h"

#define EDGE_RISING 1 /* in the third cell of `interrupts` */

/*
 * Linux leaves SGIs to itself. By affinity, of which the cell has no room for level 3; a GICv2 counts
 * cores as the board does.
 */
bool gic_hears_sgi(const struct doorbell_end *end, const struct interrupt_controller *gic,
		   uint32_t cell[2])
{
	const bool by_affinity = gic->version == 3;
	const uint32_t core = by_affinity ? end->id & 0xff : end->number;

	if (end->runs_linux || core >= (by_affinity ? 16 : 8) || end->id >> 24)
		return false;
	cell[1] = 1u << core;
	if (by_affinity)
		cell[1] |= (uint32_t)end->id >> 8 << 16;
	return true;
}

/* Linux's driver takes every SPI from the others when it starts. */
bool gic_hears_spi(const struct doorbell_end *end)
{
	return !end->beside_linux;
}

unsigned gic_interrupt(const uint32_t cell[2], uint32_t interrupt[INTERRUPTS_CELLS])
{
	interrupt[0] = 0;
	interrupt[1] = cell[0];
	interrupt[2] = EDGE_RISING;
	return GIC_CELLS;
}

/* NULL: doorbells can be rung there. */
static const char *lack(const void *fdt, int node, unsigned *version)
{
#define X(name) name "\0"
	static const char v2[] = GIC_V2(X);
#undef X
	uint32_t cells;

	*version = 2;
	if (!node_is_one_of(fdt, node, v2))
		return EXPLAIN("", ": another kind");
	if (!node_is_available(fdt, node))
		return EXPLAIN("", ": disabled");
	if (!property_get_cell(fdt, node, "#interrupt-cells", &cells) || cells != GIC_CELLS)
		return EXPLAIN("", ": not of 3 cells");
	return fdt_get_phandle(fdt, node) ? NULL : EXPLAIN("", ": without a phandle");
}

bool gic_find_controller(const void *fdt, struct interrupt_controller *gic)
{
	uint32_t roots = 0;
	int depth = 0;

	property_get_cell(fdt, 0, "interrupt-parent", &roots);
	*gic = (struct interrupt_controller){ .name = "none", .lacks = "" };
	for (int node = 0; node >= 0; node = node_next(fdt, node, &depth)) {
		const char *name, *lacks;
		uint32_t phandle;
		unsigned version;

		if (!property_get(fdt, node, "interrupt-controller").data)
			continue;
		phandle = fdt_get_phandle(fdt, node);
		lacks = lack(fdt, node, &version);
		if (phandle != roots && (lacks || gic->phandle))
			continue;
		name = fdt_stringlist_get(fdt, node, "compatible", 0, NULL);
		if (name)
			gic->name = name;
		gic->lacks = lacks;
		if (lacks)
			continue;
		gic->phandle = phandle;
		gic->node = node;
		gic->version = version;
	}
	gic->is_roots = gic->phandle == roots;
	return gic->phandle;
}
