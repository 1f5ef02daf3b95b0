/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/plan_parts.h"

/* A link is as good as the worse of its ends. */
static void fail_links(struct plan *plan)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const unsigned *end = plan->link[i].manifest->end;

		plan->link[i].failed = plan->context[end[0]].failed || plan->context[end[1]].failed;
	}
}

bool plan_link_is_described(const struct plan_link *link, unsigned context)
{
	const struct manifest_link *m = link->manifest;

	return !link->failed && m->method != LINK_STATIC && m->end[m->table_end] == context;
}

static int plan_build(struct plan *plan, struct bytes board_fdt, struct error *e)
{
	plan->blame = -1;
	plan->claims.count = 0;
	plan->staging.used = 0;
	fail_links(plan);
	if (plan_images(plan, board_fdt, e) || plan_board(plan, board_fdt, e) ||
	    plan_claim_loader(plan, e) || plan_claim_memories(plan, e) || plan_tables(plan, e) ||
	    plan_claim_segments(plan, e) || plan_links(plan, e) || plan_check(plan, e))
		return e->code;
	/* Linux's tree is made from claims that hold, and is one more. */
	if (plan_linux(plan, e) || plan_claim_tree(plan, e) || plan_check(plan, e) ||
	    plan_check_pages(plan, e))
		return e->code;
	return 0;
}

/* @blame is optional and has not failed yet: note why, and it is out. */
static bool context_fails_alone(struct plan *plan, int blame, const struct error *why)
{
	struct plan_context *context;

	if (blame < 0)
		return false;
	context = &plan->context[blame];
	if (!context->manifest->optional || context->failed)
		return false;
	context->failed = true;
	context->error = *why;
	return true;
}

int plan_make(struct plan *plan, const struct board *board, struct bytes board_fdt, struct error *e)
{
	plan->board = board;
	plan->contexts = plan->manifest.contexts;
	plan->links = plan->manifest.links;
	plan->linux_context = -1;
	for (unsigned i = 0; i < plan->contexts; i++) {
		struct plan_context *context = &plan->context[i];

		context->manifest = &plan->manifest.context[i];
		context->runs_linux = context->manifest->kernel[0] != '\0';
		context->core = (unsigned)__builtin_ctz(context->manifest->cores);
		context->failed = false;
		if (context->runs_linux)
			plan->linux_context = (int)i;
	}
	for (unsigned i = 0; i < plan->links; i++)
		plan->link[i].manifest = &plan->manifest.link[i];

	/* Each round but the last marks one more optional context as failed, so there is a last. */
	while (plan_build(plan, board_fdt, e)) {
		if (!context_fails_alone(plan, plan->blame, e))
			return e->code;
		memset(e, 0, sizeof(*e));
	}
	return 0;
}

int plan_fail_context(struct plan *plan, unsigned context, const struct error *why, struct error *e)
{
	if (!context_fails_alone(plan, (int)context, why)) {
		*e = *why;
		return e->code;
	}
	fail_links(plan);
	return plan_linux(plan, e);
}
