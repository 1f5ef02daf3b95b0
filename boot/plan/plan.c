/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/feature/explain.h"
#include "boot/feature/monitor.h"
#include "boot/feature/resets.h"
#include "boot/plan/closer.h"
#include "boot/plan/parts.h"
#include "boot/storage.h"
#include "fdt/explain.h"

/* A link is as good as the worse of its ends. */
static void fail_links(struct plan *plan)
{
	for (unsigned i = 0; i < plan->links; i++) {
		struct plan_link *link = &plan->link[i];

		link->failed = link->end[0]->failed || link->end[1]->failed;
	}
}

bool plan_link_is_described(const struct plan_link *link, const struct plan_context *context)
{
	return !link->failed && link->manifest->method != LINK_STATIC &&
	       link->end[LINK_OWNER] == context;
}

const struct plan_context *plan_linux_context(const struct plan *plan)
{
	int i = plan->linux_context;

	return i < 0 || plan->context[i].failed ? NULL : &plan->context[i];
}

static int plan_worlds(struct plan *plan, struct error *e)
{
	if (features->resets && !plan->in->board->secure && features->resets->check(plan, e))
		return e->code;
	return features->monitor ? features->monitor->check(plan, e) : 0;
}

/*
 * In order; of each the one for the whole plan, then that for every context, then for every link.
 */
static const struct part {
	int (*whole)(struct plan *plan, struct error *e);
	int (*context)(struct plan *plan, struct plan_context *context, struct error *e);
	int (*link)(struct plan *plan, struct plan_link *link, struct error *e);
} parts[] = {
	{ .context = plan_images },
	{ .whole = plan_tree },
	{ plan_board, plan_cores, NULL },
	{ plan_claim_loader, plan_claim_memories, plan_claim_link_memory },
	{ .context = plan_table },
	{ NULL, plan_claim_segments, plan_link },
	{ .whole = plan_doorbells },
	{ .whole = plan_check },
	{ .whole = plan_worlds },
	/* Linux's tree is made from claims that hold, and is one more. */
	{ .whole = plan_linux },
	{ .whole = plan_regions },
	{ .whole = plan_check }, /* so that whoever is to blame is known */
	{ .whole = plan_linux_tree },
	{ .whole = plan_claim_tree },
	{ .whole = plan_check },
	{ .whole = plan_check_pages },
	{ .whole = plan_keep_tree },
};

static int make_part(struct plan *plan, const struct part *part, struct error *e)
{
	e->culprit = -1;
	error_about(e, NULL, NULL);
	if (part->whole && part->whole(plan, e))
		return e->code;
	for (unsigned i = 0; i < plan->contexts && part->context; i++) {
		e->culprit = (int)i;
		if (plan->context[i].failed)
			continue;
		part->context(plan, &plan->context[i], e);
		if (storage_failed(e))
			return e->code;
	}
	for (unsigned i = 0; i < plan->links && part->link; i++) {
		e->culprit = plan_link_guilty(&plan->link[i]);
		if (!plan->link[i].failed && part->link(plan, &plan->link[i], e))
			return e->code;
	}
	return 0;
}

/* The tree is still where it was tried out: behind what staging memory holds. */
static int look_closer(struct plan *plan, struct error *e)
{
	size_t room;

	e->culprit = -1;
	error_about(e, NULL, NULL);
	return features->closer->check(
		plan, plan->fdt.size ? staging_next(plan->staging, &room) : NULL, e);
}

static int plan_build(struct plan *plan, struct error *e)
{
	plan->claims.count = plan->claims.checked = 0;
	plan->staging->used = plan->staging->kept;
	fail_links(plan);
	for (unsigned i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (make_part(plan, &parts[i], e))
			return e->code;
	return features->closer ? look_closer(plan, e) : 0;
}

/* @context is optional and has not failed yet: note why, and it is out. */
static bool context_fails_alone(struct plan_context *context, const struct error *why)
{
	if (!context->manifest->optional || context->failed)
		return false;
	context->failed = true;
	context->error = *why;
	return true;
}

/* It is the one that the sentence speaks of: the board's, if that and Linux's are two. */
static int explain_tree(const struct plan *plan, struct error *e)
{
	const struct bytes tree = plan->in->board_fdt;

	return tree_explain(tree.size ? tree : plan->fdt_source, &plan->in->board->core, e);
}

int plan_make(struct plan *plan, const struct plan_input *in, struct staging *staging,
	      struct error *e)
{
	plan->in = in;
	plan->staging = staging;
	plan->contexts = in->manifest.contexts;
	plan->links = in->manifest.links;
	plan->linux_context = -1;
	for (unsigned i = 0; i < plan->contexts; i++) {
		struct plan_context *context = &plan->context[i];

		context->manifest = &in->manifest.context[i];
		context->index = i;
		context->runs_linux = context->manifest->kernel[0] != '\0';
		context->failed = false;
		if (context->runs_linux)
			plan->linux_context = (int)i;
	}
	for (unsigned i = 0; i < plan->links; i++) {
		const struct manifest_link *m = &in->manifest.link[i];
		struct plan_link *link = &plan->link[i];

		link->manifest = m;
		link->end[LINK_OWNER] = &plan->context[m->end[m->table_end]];
		link->end[LINK_PEER] = &plan->context[m->end[!m->table_end]];
	}

	/* Each round but the last marks one more optional context as failed, so there is a last. */
	while (plan_build(plan, e)) {
		if (advises())
			explain_tree(plan, e);
		if (e->culprit < 0 || !context_fails_alone(&plan->context[e->culprit], e))
			return e->code;
		memset(e, 0, sizeof(*e));
	}
	return 0;
}

int plan_fail_context(struct plan *plan, struct plan_context *context, const struct error *why,
		      struct error *e)
{
	if (!context_fails_alone(context, why)) {
		*e = *why;
		return e->code;
	}
	fail_links(plan);
	return plan_linux(plan, e);
}
