/* SPDX-License-Identifier: BSD-2-Clause */
/* Whose is an SPI? As Linux reads it (drivers/of/irq.c). */
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "doorbell/gic.h"
#include "doorbell/gic_internal.h"
#include "fdt/cells.h"
#include "fdt/check.h"
#include "fdt/link_roles.h"

enum { /* what is read of a node */
	PARENT,
	INTERRUPT_CELLS,
	ADDRESS_CELLS,
	STATUS,
	INTERRUPTS,
	EXTENDED,
	MAP,
	MSI_BASE,
	MSI_COUNT,
	COMPATIBLE,
	PROPERTIES
};

static const char *const names[PROPERTIES] = {
	[PARENT] = "interrupt-parent",
	[INTERRUPT_CELLS] = "#interrupt-cells",
	[ADDRESS_CELLS] = "#address-cells",
	[STATUS] = "status",
	[INTERRUPTS] = "interrupts",
	[EXTENDED] = "interrupts-extended",
	[MAP] = "interrupt-map",
	[MSI_BASE] = "arm,msi-base-spi",
	[MSI_COUNT] = "arm,msi-num-spis",
	[COMPATIBLE] = "compatible",
};

struct level {
	int node;
	bool off;	 /* it, or what it is in */
	uint32_t parent; /* phandle of the interrupt parent of what is in it; 0: unknown */
	uint32_t address_cells;
};

struct search {
	const void *fdt;
	const struct interrupt_controller *gic;
	const uint32_t *spi;
	unsigned count;
	unsigned found; /* index in spi[]; count: none yet */
	/* The controller that was looked up last: */
	uint32_t phandle;
	uint32_t cells; /* 0: it is none */
	uint32_t address_cells;
	bool is_gics; /* its numbers are the GIC's */
};

static uint32_t cell_or(struct bytes value, uint32_t otherwise)
{
	return value.size == 4 ? (uint32_t)cells_get(value.data, 1) : otherwise;
}

/*
 * Power controllers and their like stand between the GIC and devices, and hand on what is for it. A
 * crossbar gives events SPIs as they come.
 */
static void look_up(struct search *s, uint32_t phandle)
{
	struct bytes value[PROPERTIES];
	int node;

	if (phandle == s->phandle)
		return;
	node = phandle == s->gic->phandle ? s->gic->node : node_of_phandle(s->fdt, phandle);
	properties_get(s->fdt, node, names, STATUS, value);
	s->phandle = phandle;
	s->cells = cell_or(value[INTERRUPT_CELLS], 0);
	s->address_cells = cell_or(value[ADDRESS_CELLS], 0);
	s->is_gics = s->cells == GIC_CELLS &&
		     !property_is(s->fdt, node, "compatible", "ti,irq-crossbar");
}

static void meet(struct search *s, uint32_t first, uint32_t count)
{
	for (unsigned i = 0; i < s->count; i++)
		if (s->spi[i] != INTERRUPTS_NONE && s->spi[i] - first < count)
			s->found = i;
}

/*
 * Entries for @parent, or for whom each names: in a map, after @skip cells and with an address
 * there.
 */
static void read_list(struct search *s, struct bytes list, uint32_t parent, uint32_t skip)
{
	const fdt32_t *cell = (const void *)list.data;
	size_t left = list.size / 4;

	while (left > skip) {
		uint32_t phandle = parent, address;

		cell += skip;
		left -= skip;
		if (!phandle) {
			phandle = fdt32_to_cpu(*cell++);
			left--;
			if (!phandle)
				continue;
		}
		look_up(s, phandle);
		address = skip ? s->address_cells : 0;
		if (!s->cells || left < address || left - address < s->cells)
			return;
		cell += address;
		if (s->is_gics && !cell[0])
			meet(s, fdt32_to_cpu(cell[1]), 1);
		cell += s->cells;
		left -= address + s->cells;
	}
}

/* Add what @level->node says to what the level above has handed down. */
static void read_node(struct search *s, struct level *level)
{
	struct bytes v[PROPERTIES];
	uint32_t parent;

	if (level->off)
		return;
	properties_get(s->fdt, level->node, names, PROPERTIES, v);
	parent = cell_or(v[PARENT], level->parent);
	level->parent = v[INTERRUPT_CELLS].data ? node_phandle(s->fdt, level->node) : parent;
	level->address_cells = cell_or(v[ADDRESS_CELLS], level->address_cells);
	level->off = strings_one_of(v[COMPATIBLE], LINK_COMPATIBLES) || /* an earlier boot's */
		     (v[STATUS].data && !node_is_available(s->fdt, level->node));
	if (level->off)
		return;
	if (v[EXTENDED].data)
		read_list(s, v[EXTENDED], 0, 0);
	else if (parent)
		read_list(s, v[INTERRUPTS], parent, 0);
	read_list(s, v[MAP], 0, level->address_cells + cell_or(v[INTERRUPT_CELLS], 1));
	meet(s, cell_or(v[MSI_BASE], 0) - GIC_SPI_FIRST, cell_or(v[MSI_COUNT], 0));
}

static void name_path(const struct search *s, const struct level *level, int depth, char *path)
{
	size_t used = 0;

	*path = '\0';
	for (int i = 1; i <= depth && used < INTERRUPTS_PATH; i++)
		used += (size_t)snprintf(path + used, INTERRUPTS_PATH - used, "/%s",
					 node_name(s->fdt, level[i].node));
}

unsigned gic_find_user(const void *fdt, const struct interrupt_controller *gic, const uint32_t *spi,
		       unsigned count, char path[INTERRUPTS_PATH])
{
	struct search s = { .fdt = fdt, .gic = gic, .spi = spi, .count = count, .found = count };
	struct level level[FDT_DEPTH_MAX + 1];
	int node = 0, depth = 0;

	level[0] = (struct level){ .address_cells = 2 };
	for (; node >= 0; node = node_next(fdt, node, &depth)) {
		if (node)
			level[depth] = level[depth - 1];
		level[depth].node = node;
		read_node(&s, &level[depth]);
		if (s.found < count) {
			name_path(&s, level, depth, path);
			break;
		}
	}
	return s.found;
}
