/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's last part goes on: what the source of Linux's tree keeps for somebody. */
#include <stdio.h>
#include <string.h>

#include "boot/plan_parts.h"

#define MEMRESERVE "memreserve"

struct walk {
	struct plan *plan;
	struct error *e;
};

/*
 * Is it one of ours, by its very name and range, as in the tree of a running system? Linux knows a node
 * by the first of its ranges alone.
 */
static bool is_ours(const struct plan *plan, const struct tree_region *r, const struct range *pages)
{
	for (unsigned i = 0; i < plan->reserved_count; i++) {
		const struct reserved_region *ours = &plan->reserved[i];
		char name[sizeof(ours->name) + 17];

		snprintf(name, sizeof(name), "%s@%llx", ours->name,
			 (unsigned long long)ours->range.base);
		if (r->name && r->alone && !strcmp(r->name, name) &&
		    ours->range.base == pages->base && ours->range.size == pages->size)
			return true;
	}
	return false;
}

static int claim_region(void *arg, const struct tree_region *r)
{
	const struct walk *w = arg;
	struct plan *plan = w->plan;
	/* Whole pages: that is how Linux is kept from it. */
	struct claim claim = {
		.range = plan_whole_pages(&r->range),
		.owner = "board",
		.what = r->name ? r->name : MEMRESERVE,
		.placed = !r->name,
		.foreign = true,
		.context = -1,
	};

	if (is_ours(plan, r, &claim.range))
		return 0;
	return plan_claim(plan, &claim, &claim.range, w->e);
}

int plan_regions(struct plan *plan, struct error *e)
{
	struct walk walk = { plan, e };

	return board_tree_regions(plan->fdt_source.data, claim_region, &walk);
}
