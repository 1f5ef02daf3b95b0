/* SPDX-License-Identifier: BSD-2-Clause */
/* Doorbells of a GIC as the loader checks and describes them, and the GIC in a device tree. */
#include <libfdt.h>

#include "base/explain.h"
#include "doorbell/gic.h"
#include "doorbell/gic_internal.h"
#include "fdt/cells.h"

#define EDGE_RISING 1 /* in the third cell of `interrupts` */

/*
 * Linux leaves SGIs to itself. By affinity, of which the cell has no room for level 3; a GICv2
 * counts cores as the board does.
 */
bool gic_hears_sgi(const struct doorbell_end *end, const struct interrupt_controller *gic,
		   uint32_t cell[2])
{
	const bool by_affinity = gic->version == 3;
	const uint32_t core = by_affinity ? end->id & 0xff : end->number;

	if (end->runs_linux || core >= (by_affinity ? 16 : 8) || (uint64_t)end->id >> 32)
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
static const char *lack(const void *fdt, int node, struct interrupt_controller *gic)
{
#define X(name) name "\0"
	static const char names[] = GIC_V3(X) GIC_V2(X);
#undef X
	const unsigned found = node_is_one_of(fdt, node, names);
	uint32_t cells;

	if (!found)
		return EXPLAIN("", ": another kind");
	if (!node_is_available(fdt, node))
		return EXPLAIN("", ": disabled");
	if (!property_get_cell(fdt, node, "#interrupt-cells", &cells) || cells != GIC_CELLS)
		return EXPLAIN("", ": not of 3 cells");
	if (!gic->phandle)
		return EXPLAIN("", ": without a phandle");
	gic->version = found == 1 ? 3 : 2;
	return NULL;
}

/* The root's comes before others, and one that rings before one that does not. */
bool gic_find_controller(const void *fdt, struct interrupt_controller *gic)
{
	struct interrupt_controller c;
	uint32_t roots = 0;
	int depth = 0;

	property_get_cell(fdt, 0, "interrupt-parent", &roots);
	*gic = (struct interrupt_controller){ .lacks = "" };
	for (c.node = 0; c.node >= 0; c.node = node_next(fdt, c.node, &depth)) {
		if (!property_get(fdt, c.node, "interrupt-controller").data)
			continue;
		c.phandle = node_phandle(fdt, c.node);
		c.is_roots = c.phandle == roots;
		c.lacks = lack(fdt, c.node, &c);
		if (c.is_roots ? c.lacks && !gic->lacks : c.lacks || !gic->lacks)
			continue;
		*gic = c;
	}
	return !gic->lacks;
}
