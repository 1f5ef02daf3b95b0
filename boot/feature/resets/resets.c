/* SPDX-License-Identifier: BSD-2-Clause */
/* Whom Linux stops and starts by resets, and from what. Compiled for the host, too. */
#include "boot/feature/resets.h"
#include "boot/keep.h"
#include "boot/plan/parts.h"

/* Why @by can't control @c; NULL: it can. */
static const char *why_not(const struct plan_context *by, const struct plan_context *c)
{
	if (!by->runs_linux)
		return "on this board Linux alone stops and starts others";
	return c->cluster->reset ? NULL : "its cores have no resets of their own";
}

/* Whom @by controls; a name of nobody else is of nobody. One that has failed has no cluster. */
static int check_controls(struct plan *plan, const struct plan_context *by, struct error *e)
{
	unsigned found = 0;

	e->culprit = (int)by->index;
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];
		const char *why;

		if (!manifest_controls(by->manifest, c->manifest->name))
			continue;
		why = c->failed ? NULL : why_not(by, c);
		if (why)
			return error_set(e, E_MANIFEST_BROKEN, "%s controls %s: %s",
					 by->manifest->name, c->manifest->name, why);
		found++;
	}
	if (found != by->manifest->controls)
		return error_set(e, E_MANIFEST_BROKEN, "%s controls contexts that there are not",
				 by->manifest->name);
	return 0;
}

static int check(struct plan *plan, struct error *e)
{
	/* What it says counts if it has failed, too: others need not. */
	const struct plan_context *self =
		plan->linux_context < 0 ? NULL : &plan->context[plan->linux_context];

	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];

		if (c->failed)
			continue;
		if (check_controls(plan, c, e))
			return e->code;
		if (c->manifest->watchdog[0] &&
		    !(self && manifest_controls(self->manifest, c->manifest->name)))
			return error_set(e, E_MANIFEST_BROKEN,
					 "watchdog of %s, which Linux does not control",
					 c->manifest->name);
	}
	return 0;
}

/* That it is one that can be reset has been checked. */
static void see_context(struct plan *plan, const struct plan_context *c)
{
	const struct board_reset *reset = c->cluster->reset;
	const unsigned lowest = (unsigned)__builtin_ctz(c->cluster->cores);
	struct linux_reset *seen = &plan->resets.context[c->index];

	plan->control[c->index] = c->manifest->name;
	plan->kept_contexts |= 1u << c->index;
	seen->at = reset->at;
	seen->cores = c->cores >> lowest;
	seen->first = 1u << (c->core - lowest);
	seen->watchdog = c->manifest->watchdog;
	seen->fed = reset->fed.base + (c->core - lowest) * sizeof(uint32_t);
}

/* Peers count, whether anybody looks or not. */
static int reserve_fed(struct plan *plan, struct error *e)
{
	const struct board *board = plan->in->board;

	for (unsigned i = 0; i < board->clusters; i++)
		if (board->cluster[i].reset)
			plan_reserve(plan, &board->cluster[i].reset->fed, e, "fed");
	return e->code;
}

static struct keep kept_of(const struct plan *plan)
{
	return (struct keep){ .contexts = plan->kept_contexts, .room = plan->kept_room };
}

static int see(struct plan *plan, const struct plan_context *self, struct error *e)
{
	struct range used;
	struct keep keep;

	plan->kept_contexts = 0;
	plan->kept_room = &plan->in->board->pristine;
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];

		plan->control[i] = NULL;
		if (!c->failed && manifest_controls(self->manifest, c->manifest->name))
			see_context(plan, c);
	}
	plan->tree.control = plan->control;
	plan->tree.resets = &plan->resets;
	if (reserve_fed(plan, e) || !plan->kept_contexts)
		return e->code;
	keep = kept_of(plan);
	if (keep_check(plan, &keep, &used, e) || plan_reserve(plan, &used, e, "pristine"))
		return e->code;
	keep_make(plan, &keep, false, &plan->resets.kept);
	return 0;
}

static void keep(struct plan *plan)
{
	struct keep keep;

	if (!plan->kept_contexts)
		return;
	keep = kept_of(plan);
	keep_make(plan, &keep, true, &plan->resets.kept);
}

const struct resets_feature resets_feature = { check, see, keep };
