/* SPDX-License-Identifier: BSD-2-Clause */
/* Can the links' doorbells be rung? By the tree that Linux's is made from, or the board's own. */
#include "boot/plan_parts.h"
#include "fdt/interrupts.h"

int plan_doorbells(struct plan *plan, struct plan_link *link, struct error *e)
{
	const struct link_doorbell *d = link->manifest->doorbell;

	if (plan->gic.phandle || (!d[0].type && !d[1].type) ||
	    interrupts_find_gic(plan->fdt_source.data, &plan->gic))
		return 0;
	return error_set(
		e, E_LINK_DOORBELL,
		"%s: doorbells take a GICv2 (status okay, 3 cells, a phandle), the device tree's controller is %s",
		link->manifest->name, plan->gic.name);
}
