/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's second part goes on: what contexts take from Linux, it can do without. */
#include <libfdt.h>

#include "boot/plan/parts.h"
#include "fdt/devices.h"

/* All that contexts have; returns how many. What is not there is found out later. */
static unsigned find_disabled(const struct plan *plan, int node[LINUX_DISABLES])
{
	unsigned count = 0;

	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct manifest_context *m = plan->context[i].manifest;

		for (unsigned k = 0; k < m->devices && !plan->context[i].failed; k++)
			node[count++] = fdt_path_offset(plan->fdt_source.data, m->device[k]);
	}
	return count;
}

int plan_devices(const struct plan *plan, const struct plan_context *context, struct error *e)
{
	const struct manifest_context *m = context->manifest;
	const void *fdt = plan->fdt_source.data;
	int disabled[LINUX_DISABLES];
	unsigned count = find_disabled(plan, disabled);

	for (unsigned i = 0; i < m->devices && plan_linux_context(plan); i++) {
		const char *path = m->device[i], *user = "Linux";
		int node = fdt_path_offset(fdt, path);

		if (node <= 0)
			continue;
		if (!device_is_linuxs(fdt, path, node)) {
			node = device_find_user(fdt, node, disabled, count);
			if (!node)
				continue;
			user = fdt_get_name(fdt, node, NULL);
		}
		return error_set(e, E_MANIFEST_BROKEN, "device %s is needed by %s", path, user);
	}
	return 0;
}
