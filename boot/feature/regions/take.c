/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/feature/regions.h"
#include "boot/plan/parts.h"

/* An entry of /memreserve/ has the name that messages give it. */
static bool has_name(const struct tree_region *r, const char *name)
{
	char entry[TREE_UNIT_NAME];

	tree_unit_name(entry, PLAN_MEMRESERVE, r->range.base);
	return !strcmp(name, r->name ? r->name : entry);
}

static const struct plan_context *find_taker(const struct plan *plan, const struct tree_region *r)
{
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];

		for (unsigned k = 0; k < c->manifest->regions; k++)
			if (has_name(r, c->manifest->region[k]))
				return c;
	}
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		if (link->failed && range_contains(&link->manifest->memory, &r->range))
			return link->end[LINK_OWNER];
	}
	return NULL;
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
static int take_one(void *arg, const struct tree_region *r)
{
	const struct plan_walk *w = arg;
	struct plan *plan = w->plan;
	const struct plan_context *c = find_taker(plan, r);
	struct reserved_region *ours = plan_find_ours(plan, r);
	struct reserved_region *own = &plan->reserved[plan->tree.reserved_count];

	if (!r->name || (!c && !(ours && plan_has_name_of(r, ours))))
		return 0;
	if (ours && !ours->instead) {
		ours->instead = r->node;
		return 0;
	}
	if (!c || !r->referred)
		return 0;
	w->e->culprit = (int)c->index;
	if (!r->no_map && !r->alone)
		return not_kept(c, r, w->e);
	if (plan_reserve(plan, &r->range, w->e, "%s", r->no_map ? r->name : c->manifest->name))
		return w->e->code;
	if (r->no_map)
		own->kind = RESERVED_KEPT;
	own->instead = r->node;
	return 0;
}

static int is_called(void *name, const struct tree_region *r)
{
	return has_name(r, name);
}

/* What a context names has to be there: a slip of the pen must not be silent. */
static int find_all(struct plan *plan, const struct plan_context *c, struct error *e)
{
	for (unsigned k = 0; k < c->manifest->regions && !c->failed; k++) {
		const char *name = c->manifest->region[k];

		if (board_tree_regions(plan->fdt_source.data, is_called, (void *)(uintptr_t)name))
			continue;
		e->culprit = (int)c->index;
		error_about(e, "", c->manifest->name);
		return error_set(e, E_MANIFEST_BROKEN, "no region %s in the device tree", name);
	}
	return 0;
}

static int take(struct plan *plan, struct error *e)
{
	struct plan_walk walk = { plan, e };

	for (unsigned i = 0; i < plan->contexts; i++)
		if (find_all(plan, &plan->context[i], e))
			return e->code;
	return board_tree_regions(plan->fdt_source.data, take_one, &walk);
}

const struct regions_feature regions_feature = { find_taker, take };
