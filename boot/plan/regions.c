/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's last part goes on: what the source of Linux's tree keeps for somebody. */
#include <string.h>

#include "boot/feature/regions.h"
#include "boot/plan/parts.h"

/*
 * Ours of the same pages, as far as Linux knows a node by them: it does by the first of its ranges
 * alone.
 */
struct reserved_region *plan_find_ours(struct plan *plan, const struct tree_region *r)
{
	const struct range pages = plan_whole_pages(&r->range);

	for (unsigned i = 0; i < plan->tree.reserved_count && r->name && r->alone; i++) {
		struct reserved_region *ours = &plan->reserved[i];

		if (ours->range.base == pages.base && ours->range.size == pages.size)
			return ours;
	}
	return NULL;
}

bool plan_has_name_of(const struct tree_region *r, const struct reserved_region *ours)
{
	char name[TREE_UNIT_NAME];

	tree_unit_name(name, ours->name, ours->range.base);
	return !strcmp(r->name, name);
}

/*
 * Is it in what the manifest gives to @c, or to a link of it? Of a link that fails, nobody has the
 * memory.
 */
static bool is_given(const struct plan *plan, const struct plan_context *c, const struct range *r,
		     bool by_failed_links)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		if ((link->end[0] == c || link->end[1] == c) &&
		    (by_failed_links || !link->failed) &&
		    range_contains(&link->manifest->memory, r))
			return true;
	}
	return range_in_any(c->manifest->memory, c->manifest->memories, r);
}

static int claim_region(void *arg, const struct tree_region *r)
{
	const struct plan_walk *w = arg;
	struct plan *plan = w->plan;
	const struct plan_context *c = features->regions ? features->regions->taker(plan, r) : NULL;
	const struct reserved_region *ours = plan_find_ours(plan, r);
	/* Whole pages: that is how Linux is kept from it. */
	struct claim claim = {
		.range = plan_whole_pages(&r->range),
		.owner = "board",
		.what = r->name ? r->name : PLAN_MEMRESERVE,
		.placed = !r->name,
		.foreign = true,
		.context = -1,
	};

	if (c && c->failed) /* then it is the board's, as before */
		c = NULL;
	if (c && !is_given(plan, c, &r->range, true)) {
		w->e->culprit = (int)c->index;
		return plan_outside(&claim, c, w->e);
	}
	if ((c && is_given(plan, c, &r->range, false)) || (ours && plan_has_name_of(r, ours)))
		return 0;
	return plan_claim(plan, &claim, &claim.range, w->e);
}

int plan_regions(struct plan *plan, struct error *e)
{
	struct plan_walk walk = { plan, e };

	return board_tree_regions(plan->fdt_source.data, claim_region, &walk);
}
