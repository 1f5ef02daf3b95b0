/* SPDX-License-Identifier: BSD-2-Clause */
#include <libfdt.h>

#include "boot/feature/explain.h"
#include "fdt/cells.h"
#include "fdt/interrupts.h"
#include "resource_table/doorbell_gic.h"

/* NULL: doorbells can be rung there. */
static const char *lack(const void *fdt, int node)
{
	static const char *const names[] = {
#define X(name) name,
		DOORBELL_GICS(X)
#undef X
	};
	uint32_t cells;
	unsigned i = 0;

	while (fdt_stringlist_search(fdt, node, "compatible", names[i]) < 0)
		if (++i == sizeof(names) / sizeof(names[0]))
			return EXPLAIN("", ": another kind");
	if (!node_is_available(fdt, node))
		return EXPLAIN("", ": disabled");
	if (!property_get_cell(fdt, node, "#interrupt-cells", &cells) ||
	    cells != DOORBELL_GIC_CELLS)
		return EXPLAIN("", ": not of 3 cells");
	return fdt_get_phandle(fdt, node) ? NULL : EXPLAIN("", ": without a phandle");
}

bool interrupts_find_gic(const void *fdt, struct interrupt_controller *gic)
{
	uint32_t roots = 0;
	int depth = 0;

	property_get_cell(fdt, 0, "interrupt-parent", &roots);
	*gic = (struct interrupt_controller){ .name = "none", .lacks = "" };
	for (int node = 0; node >= 0; node = node_next(fdt, node, &depth)) {
		struct bytes name;
		uint32_t phandle;
		const char *lacks;

		if (!property_get(fdt, node, "interrupt-controller").data)
			continue;
		phandle = fdt_get_phandle(fdt, node);
		lacks = lack(fdt, node);
		name = property_get(fdt, node, "compatible");
		if (phandle == roots || (!lacks && !gic->phandle)) {
			if (name.size && !name.data[name.size - 1])
				gic->name = (const char *)name.data;
			gic->lacks = lacks;
			if (!lacks) {
				gic->phandle = phandle;
				gic->node = node;
			}
		}
	}
	gic->is_roots = gic->phandle == roots;
	return gic->phandle;
}
