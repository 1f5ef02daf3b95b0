/* SPDX-License-Identifier: BSD-2-Clause */
#include <libfdt.h>

#include "fdt/cells.h"
#include "fdt/interrupts.h"
#include "resource_table/doorbell_gic.h"

static bool is_doorbell_gic(const void *fdt, int node)
{
	static const char *const names[] = {
#define X(name) name,
		DOORBELL_GICS(X)
#undef X
	};
	uint32_t cells;

	if (!property_get_cell(fdt, node, "#interrupt-cells", &cells) ||
	    cells != DOORBELL_GIC_CELLS || !node_is_available(fdt, node))
		return false;
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (fdt_stringlist_search(fdt, node, "compatible", names[i]) >= 0)
			return true;
	return false;
}

bool interrupts_find_gic(const void *fdt, struct interrupt_controller *gic)
{
	uint32_t roots = 0;
	int depth = 0;

	property_get_cell(fdt, 0, "interrupt-parent", &roots);
	*gic = (struct interrupt_controller){ .name = "none" };
	for (int node = 0; node >= 0; node = node_next(fdt, node, &depth)) {
		struct bytes name;
		uint32_t phandle;
		bool rings;

		if (!property_get(fdt, node, "interrupt-controller").data)
			continue;
		phandle = fdt_get_phandle(fdt, node);
		rings = is_doorbell_gic(fdt, node) && phandle;
		name = property_get(fdt, node, "compatible");
		if (phandle == roots || (rings && !gic->phandle)) {
			if (name.size && !name.data[name.size - 1])
				gic->name = (const char *)name.data;
			if (rings) {
				gic->phandle = phandle;
				gic->node = node;
			}
		}
	}
	gic->is_roots = gic->phandle == roots;
	return gic->phandle;
}
