/* SPDX-License-Identifier: BSD-2-Clause */
/* Can the links' doorbells be rung? By the tree that Linux's is made from, or the board's own. */
#include "boot/feature/explain.h"
#include "boot/feature/interrupts.h"
#include "boot/plan/parts.h"
#include "fdt/address.h"
#include "fdt/interrupts.h"

int plan_doorbells(struct plan *plan, struct error *e)
{
	interrupts_find_user_t *find = interrupts_user_finder();
	const struct plan_link *first = NULL; /* that rings */
	uint32_t spi[MANIFEST_LINKS];	      /* beside Linux, a link has one at most */
	char path[INTERRUPTS_PATH];
	uint64_t address;
	unsigned found;

	for (unsigned i = 0; i < 2 * plan->links; i++) {
		const struct plan_link *link = &plan->link[i / 2];
		const struct link_doorbell *d = &link->manifest->doorbell[i % 2];

		if (!(i % 2))
			spi[i / 2] = INTERRUPTS_NONE;
		if (link->failed || d->type == LINK_DOORBELL_NONE)
			continue;
		if (!first)
			first = link;
		if (d->type == LINK_DOORBELL_SPI)
			spi[i / 2] = d->number;
	}
	if (!first || !plan->fdt_source.size)
		return 0;
	plan->blame = plan_link_guilty(first);
	if (!interrupts_find_gic(plan->fdt_source.data, &plan->gic))
		return error_set(e, E_LINK_DOORBELL,
				 "%s: doorbells take a GICv2, the device tree has %s%s",
				 first->manifest->name, plan->gic.name, plan->gic.lacks);
	if (!find || !plan_linux_context(plan))
		return 0;
	/* Who rings by the board's memory map would write into nothing. */
	if (node_address(plan->fdt_source.data, plan->gic.node, &address) &&
	    address != plan->board->gic)
		return error_set(e, E_LINK_DOORBELL,
				 "%s: the device tree has the GIC at 0x%llx, the board at 0x%llx",
				 first->manifest->name, (unsigned long long)address,
				 (unsigned long long)plan->board->gic);
	found = find(plan->fdt_source.data, &plan->gic, spi, plan->links, path);
	if (found == plan->links)
		return 0;
	plan->blame = plan_link_guilty(&plan->link[found]);
	return error_set(e, E_LINK_DOORBELL, "%s: its SPI %u is of %s in the device tree",
			 plan->link[found].manifest->name, (unsigned)spi[found], path);
}
