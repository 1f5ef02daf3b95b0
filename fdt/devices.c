/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "arch/own_devices.h"
#include "base/explain.h"
#include "fdt/cells.h"
#include "fdt/check.h"
#include "fdt/devices.h"

/* In the root, with whatever is in them: read by their names, not by drivers. */
static const char no_devices[] = "aliases\0chosen\0cpus\0firmware\0memory\0reserved-memory\0";

/* What each core has its own of, and what starts them. */
static const char cores_own[] = ARCH_OWN_DEVICES;

bool device_contains(const void *fdt, int node, int other)
{
	int depth = 0;

	for (int at = node; at >= 0 && at <= other; at = node_next(fdt, at, &depth)) {
		if (at != node && depth <= 0)
			return false;
		if (at == other)
			return true;
	}
	return false;
}

/* From whom the root's children have their interrupts, up to the last. It may be a circle. */
static bool has_controller(const void *fdt, int node)
{
	uint32_t phandle;
	int at = 0;

	for (unsigned i = 0; at >= 0 && i < FDT_DEPTH_MAX; i++) {
		if (!property_get_cell(fdt, at, "interrupt-parent", &phandle))
			return false;
		at = node_of_phandle(fdt, phandle);
		if (device_contains(fdt, node, at))
			return true;
	}
	return false;
}

static bool has_cores_own(const void *fdt, int node)
{
	int depth = 0, at = node;

	do {
		if (node_is_one_of(fdt, at, cores_own))
			return true;
		at = node_next(fdt, at, &depth);
	} while (at >= 0 && depth > 0);
	return false;
}

/* A reason, for those who have room for it. */
#define REASON(text) (advises() ? text : "")

const char *device_is_linuxs(const void *fdt, const char *path, int node, int controller)
{
	while (*path == '/')
		path++;
	for (const char *name = no_devices; *name; name += strlen(name) + 1)
		if (!strncmp(path, name, strlen(name)) && strchr("/@", path[strlen(name)]))
			return REASON("no device");
	/* @controller: who else may be meant where the root names none */
	if ((controller && device_contains(fdt, node, controller)) || has_controller(fdt, node))
		return REASON("an interrupt controller of all");
	return has_cores_own(fdt, node) ? REASON("PSCI, or the cores' timer") : NULL;
}
