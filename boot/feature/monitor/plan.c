/* SPDX-License-Identifier: BSD-2-Clause */
/* What lies in Secure RAM is for contexts of that world. Compiled for the host, too. */
#include "boot/feature/monitor/plan.h"
#include "boot/keep.h"
#include "boot/plan/parts.h"
#include "monitor/config.h"

static bool is_in_secure_ram(const struct plan *plan, const struct range *r)
{
	const struct board_secure *secure = plan->in->board->secure;

	return secure && range_overlaps(&secure->ram, r);
}

/* Of a link both ends have to reach it. */
static const struct plan_context *who_cannot(const struct plan *plan, const struct claim *c)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		for (unsigned k = 0; k < 2; k++)
			if (c->owner == link->manifest->name && !link->end[k]->manifest->secure)
				return link->end[k];
	}
	if (c->context < 0 || plan->context[c->context].manifest->secure)
		return NULL;
	return &plan->context[c->context];
}

static int check_links(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];
		const struct plan_context *owner = link->end[LINK_OWNER],
					  *peer = link->end[LINK_PEER];

		if (link->failed || peer->manifest->secure || !owner->table_home.size ||
		    !is_in_secure_ram(plan, &owner->table_home))
			continue;
		e->culprit = (int)owner->index;
		return error_set(e, E_OUTSIDE_WORLD,
				 "the resource table of %s at 0x%llx is Secure, %s is not",
				 owner->manifest->name, (unsigned long long)owner->table_home.base,
				 peer->manifest->name);
	}
	return 0;
}

int monitor_check_worlds(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < plan->claims.count; i++) {
		const struct claim *c = &plan->claims.claim[i];
		const struct plan_context *who = who_cannot(plan, c);
		char text[CLAIM_TEXT];

		if (!who || !is_in_secure_ram(plan, &c->range))
			continue;
		claim_text(c, text);
		e->culprit = plan_claim_guilty(plan, c);
		return error_set(e, E_OUTSIDE_WORLD, "%s is Secure, %s is not", text,
				 who->manifest->name);
	}
	return check_links(plan, e);
}

struct keep monitor_keeps(const struct plan *plan)
{
	const struct board *board = plan->in->board;

	return (struct keep){ UINT32_MAX, &board->secure->pristine, board->flash };
}

int monitor_check_room(const struct plan *plan, struct error *e)
{
	struct range used;
	struct keep keep;

	if (!plan->in->board->secure)
		return 0;
	keep = monitor_keeps(plan);
	if (plan->linux_context >= 0 && plan->tree.memories > MONITOR_MEMORIES)
		return error_set(e, E_TOO_MANY, "%u memories of Linux's, at most %u",
				 plan->tree.memories, MONITOR_MEMORIES);
	return keep_check(plan, &keep, &used, e);
}
