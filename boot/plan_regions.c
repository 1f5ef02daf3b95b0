/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's last part goes on: what the source of Linux's tree keeps for somebody. */
#include <string.h>

#include "boot/plan_parts.h"

#define MEMRESERVE "memreserve"

struct walk {
	struct plan *plan;
	struct error *e;
};

/*
 * The context that the manifest gives it to, if any, or that owns the failed link in whose memory
 * it is: that is still kept for the owner.
 */
static const struct plan_context *taker(const struct plan *plan, const struct tree_region *r)
{
	char entry[TREE_UNIT_NAME];

	tree_unit_name(entry, MEMRESERVE, r->range.base);
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];

		for (unsigned k = 0; k < c->manifest->regions; k++)
			if (!strcmp(c->manifest->region[k], r->name ? r->name : entry))
				return c;
	}
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		if (link->failed && range_contains(&link->manifest->memory, &r->range))
			return link->end[LINK_OWNER];
	}
	return NULL;
}

/*
 * Ours of the same pages, as far as Linux knows a node by them: it does by the first of its ranges
 * alone.
 */
static struct reserved_region *find_ours(struct plan *plan, const struct tree_region *r)
{
	const struct range pages = plan_whole_pages(&r->range);

	for (unsigned i = 0; i < plan->reserved_count && r->name && r->alone; i++) {
		struct reserved_region *ours = &plan->reserved[i];

		if (ours->range.base == pages.base && ours->range.size == pages.size)
			return ours;
	}
	return NULL;
}

/* By the very name, as in the tree of a running system. */
static bool has_name_of(const struct tree_region *r, const struct reserved_region *ours)
{
	char name[TREE_UNIT_NAME];

	tree_unit_name(name, ours->name, ours->range.base);
	return !strcmp(r->name, name);
}

static int not_kept(const struct plan_context *c, const struct tree_region *r, struct error *e)
{
	return error_set(e, E_OVERLAP,
			 "board %s 0x%llx..0x%llx of %s is one of several, without no-map", r->name,
			 (unsigned long long)r->range.base, (unsigned long long)range_end(r->range),
			 c->manifest->name);
}

/*
 * Ours of the same pages takes its place. Another that nobody refers to goes, because ours cover
 * it; one that drivers know stays as it is, or if Linux would use what is in it, has one of ours
 * made for it.
 */
static int take(void *arg, const struct tree_region *r)
{
	const struct walk *w = arg;
	struct plan *plan = w->plan;
	const struct plan_context *c = taker(plan, r);
	struct reserved_region *ours = find_ours(plan, r);
	struct reserved_region *own = &plan->reserved[plan->reserved_count];

	if (!r->name || (!c && !(ours && has_name_of(r, ours))))
		return 0;
	if (ours && !ours->instead) {
		ours->instead = r->node;
		return 0;
	}
	if (!c || !r->referred)
		return 0;
	plan->blame = (int)c->index;
	if (!r->no_map && !r->alone)
		return not_kept(c, r, w->e);
	if (plan_reserve(plan, &r->range, w->e, "%s", r->no_map ? r->name : c->manifest->name))
		return w->e->code;
	if (r->no_map)
		own->kind = RESERVED_KEPT;
	own->instead = r->node;
	return 0;
}

int plan_take_regions(struct plan *plan, struct error *e)
{
	struct walk walk = { plan, e };

	return board_tree_regions(plan->fdt_source.data, take, &walk);
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
	const struct walk *w = arg;
	struct plan *plan = w->plan;
	const struct plan_context *c = taker(plan, r);
	const struct reserved_region *ours = find_ours(plan, r);
	/* Whole pages: that is how Linux is kept from it. */
	struct claim claim = {
		.range = plan_whole_pages(&r->range),
		.owner = "board",
		.what = r->name ? r->name : MEMRESERVE,
		.placed = !r->name,
		.foreign = true,
		.context = -1,
	};

	if (c && c->failed) /* then it is the board's, as before */
		c = NULL;
	if (c && !is_given(plan, c, &r->range, true)) {
		plan->blame = (int)c->index;
		return plan_outside(&claim, c, w->e);
	}
	if ((c && is_given(plan, c, &r->range, false)) || (ours && has_name_of(r, ours)))
		return 0;
	return plan_claim(plan, &claim, &claim.range, w->e);
}

int plan_regions(struct plan *plan, struct error *e)
{
	struct walk walk = { plan, e };

	return board_tree_regions(plan->fdt_source.data, claim_region, &walk);
}
