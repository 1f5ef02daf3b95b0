/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "fdt/cells.h"
#include "fdt/check.h"
#include "fdt/devices.h"
#include "fdt/interrupts.h"

/* In the root, with whatever is in them: read by their names, not by drivers. */
static const char no_devices[] = "aliases\0chosen\0cpus\0firmware\0memory\0reserved-memory\0";

/* What each core has its own of, and what starts them. */
static const char cores_own[] = "arm,psci\0arm,psci-0.2\0arm,psci-1.0\0"
				"arm,armv7-timer\0arm,armv8-timer\0"
				"arm,cortex-a5-twd-timer\0arm,cortex-a9-twd-timer\0";

/* From whom the root's children have their interrupts, up to the GIC. It may be a circle. */
static bool is_controller(const void *fdt, int node)
{
	uint32_t phandle;
	int at = 0;

	for (unsigned i = 0; at >= 0 && i < FDT_DEPTH_MAX; i++) {
		if (!property_get_cell(fdt, at, "interrupt-parent", &phandle))
			return false;
		at = node_of_phandle(fdt, phandle);
		if (at == node)
			return true;
	}
	return false;
}

bool device_is_linuxs(const void *fdt, const char *path, int node)
{
	struct interrupt_controller gic;

	while (*path == '/')
		path++;
	for (const char *name = no_devices; *name; name += strlen(name) + 1)
		if (!strncmp(path, name, strlen(name)) && strchr("/@", path[strlen(name)]))
			return true;
	for (const char *name = cores_own; *name; name += strlen(name) + 1)
		if (fdt_stringlist_search(fdt, node, "compatible", name) >= 0)
			return true;
	interrupts_find_gic(fdt, &gic); /* who else may be meant where the root names none */
	return node == gic.node || is_controller(fdt, node);
}

/* Is @phandle in the list? Each entry has as many cells behind its phandle as that node says. */
static bool has_clock(const void *fdt, struct bytes list, uint32_t phandle)
{
	while (list.size >= 4) {
		uint32_t entry = (uint32_t)cells_get(list.data, 1), cells = 0;

		if (entry == phandle)
			return true;
		if (entry &&
		    !property_get_cell(fdt, node_of_phandle(fdt, entry), "#clock-cells", &cells))
			return false;
		cells = 4 + 4 * (cells & 0xff); /* there are bytes for no more, nor drivers */
		if (cells > list.size)
			return false;
		list.data += cells;
		list.size -= cells;
	}
	return false;
}

static bool is_one_of(int node, const int *others, unsigned count)
{
	while (count--)
		if (others[count] == node)
			return true;
	return false;
}

int device_find_user(const void *fdt, int node, const int *others, unsigned count)
{
	const uint32_t phandle = fdt_get_phandle(fdt, node);
	int depth = 0, off = FDT_DEPTH_MAX; /* below that nothing is enabled */

	if (!phandle || !property_get(fdt, node, "#clock-cells").data)
		return 0;
	for (int at = 0; at >= 0; at = node_next(fdt, at, &depth)) {
		if (depth > off)
			continue;
		off = FDT_DEPTH_MAX;
		if (!node_is_available(fdt, at) || is_one_of(at, others, count))
			off = depth;
		else if (has_clock(fdt, property_get(fdt, at, "clocks"), phandle))
			return at;
	}
	return 0;
}
