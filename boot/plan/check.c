/* SPDX-License-Identifier: BSD-2-Clause */
/* Do the plan's claims hold together, and if not, whose fault is it? */
#include "boot/plan/parts.h"

static bool optional(const struct plan *plan, int context)
{
	return context >= 0 && plan->context[context].manifest->optional;
}

int plan_link_guilty(const struct plan_link *link)
{
	const struct plan_context *owner = link->end[LINK_OWNER], *peer = link->end[LINK_PEER];
	bool is_peer = peer->manifest->optional && !owner->manifest->optional;

	return (int)(is_peer ? peer : owner)->index;
}

int plan_claim_guilty(const struct plan *plan, const struct claim *claim)
{
	for (unsigned i = 0; i < plan->links; i++)
		if (claim->owner == plan->link[i].manifest->name)
			return plan_link_guilty(&plan->link[i]);
	return claim->context;
}

void plan_blame(const struct plan *plan, int first, int second, struct error *e)
{
	e->culprit = optional(plan, second) && !optional(plan, first) ? second : first;
}

bool plan_is_linuxs_own(const struct plan *plan, const struct claim *c)
{
	const struct plan_context *context = plan_linux_context(plan);

	return context && c->owner == context->manifest->name;
}

/*
 * A context that says what its memory is keeps to it; links have memory of their own, and so has
 * Linux's table.
 */
static bool at_home(const struct plan *plan, const struct claim *c)
{
	if (c->context < 0)
		return true;
	if (c->context != plan->linux_context)
		return !plan->context[c->context].manifest->memories || c->holds || c->parent >= 0;
	return !plan_is_linuxs_own(plan, c) ||
	       range_in_any(plan->tree.memory, plan->tree.memories, &c->range);
}

/* What lies over RAM in a board's map is RAM, too. */
bool plan_reaches(const struct plan *plan, const struct range *r)
{
	for (unsigned i = 0; i < plan->in->board->map_count; i++) {
		const struct board_map *map = &plan->in->board->maps[i];

		if ((map->kind == MAP_RAM || map->kind == MAP_SHARED) &&
		    range_contains(&map->range, r))
			return true;
	}
	return false;
}

int plan_outside(const struct claim *claim, const struct plan_context *context, struct error *e)
{
	char text[CLAIM_TEXT];

	claim_text(claim, text);
	return error_set(e, E_OUTSIDE_MEMORY, "%s is outside the memory of %s", text,
			 context->manifest->name);
}

static int check_homes(struct plan *plan, struct error *e)
{
	for (unsigned i = plan->claims.checked; i < plan->claims.count; i++) {
		const struct claim *c = &plan->claims.claim[i];
		bool home = at_home(plan, c);
		char text[CLAIM_TEXT];

		if (home && (!c->written || plan_reaches(plan, &c->range)))
			continue;
		e->culprit = plan_claim_guilty(plan, c);
		if (!home)
			return plan_outside(c, &plan->context[c->context], e);
		claim_text(c, text);
		return error_set(e, E_OUTSIDE_MAP, "%s is not in RAM that the loader maps", text);
	}
	return 0;
}

int plan_check(struct plan *plan, struct error *e)
{
	const struct claim *culprit[2] = { NULL, NULL };

	if (claims_check(&plan->claims, plan->ram, plan->ram_count, culprit, e)) {
		plan_blame(plan, culprit[1] ? plan_claim_guilty(plan, culprit[1]) : -1,
			   plan_claim_guilty(plan, culprit[0]), e);
		return e->code;
	}
	if (check_homes(plan, e))
		return e->code;
	plan->claims.checked = plan->claims.count;
	return 0;
}
