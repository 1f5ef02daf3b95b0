/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's claims: who needs which bytes. */
#include "boot/plan_parts.h"

int plan_claim(struct plan *plan, struct claim *claim, struct error *e)
{
	const struct claims *claims = &plan->claims;

	claim->parent = -1;
	for (unsigned i = 0; i < claims->count && !claim->holds; i++) {
		const struct claim *c = &claims->claim[i];

		if (c->holds && c->context == claim->context &&
		    range_contains(&c->range, &claim->range))
			claim->parent = (int)i;
	}
	if (!claim->phases)
		claim->phases = CLAIM_ALWAYS;
	if (claim_add(&plan->claims, claim, e))
		plan->blame = plan_claim_guilty(plan, claim);
	return e->code;
}

int plan_claim_loader(struct plan *plan, struct error *e)
{
	const struct board *board = plan->board;
	struct claim claim = { .owner = "loader", .context = -1 };

	for (unsigned i = 0; i < board->claim_count; i++) {
		claim.range = board->claims[i].range;
		claim.what = board->claims[i].what;
		claim.phases = board->claims[i].phases;
		if (plan_claim(plan, &claim, e))
			return e->code;
	}
	claim.range = board->record;
	claim.what = "boot record";
	claim.phases = CLAIM_ALWAYS;
	if (plan_claim(plan, &claim, e))
		return e->code;
	claim.range = (struct range){ board->staging.base, plan->staging.used };
	claim.what = "staging";
	claim.phases = CLAIM_LOADING;
	if (plan_claim(plan, &claim, e))
		return e->code;
	if (!plan->fdt_at_board) /* then that is needed no more */
		return 0;
	claim.range = (struct range){ board->fdt_source.base, plan->fdt_source.size };
	claim.owner = "board";
	claim.what = "device tree";
	return plan_claim(plan, &claim, e);
}

int plan_claim_memories(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct manifest_context *m = context->manifest;
	struct claim claim = {
		.owner = m->name,
		.what = "memory",
		.numbered = m->memories > 1,
		.holds = true,
		.context = (int)context->index,
	};

	if (context->runs_linux) /* its is what it is told of, everybody else's included: no claim */
		return 0;
	for (; claim.number < m->memories; claim.number++) {
		claim.range = m->memory[claim.number];
		if (plan_claim(plan, &claim, e))
			return e->code;
	}
	return 0;
}

int plan_claim_link_memory(struct plan *plan, struct plan_link *link, struct error *e)
{
	struct claim claim = {
		.range = link->manifest->memory,
		.owner = link->manifest->name,
		.what = "memory",
		.holds = true,
		/* With what lies in it, it belongs to the context whose table describes the link. */
		.context = (int)link->end[LINK_OWNER]->index,
	};

	link->memory = claim.range;
	return plan_claim(plan, &claim, e);
}

const char *plan_image_owner(const struct plan_context *context, enum plan_image_kind kind)
{
	return kind == PLAN_TABLE ? context->image[kind].image.name : context->manifest->name;
}

static int claim_image(struct plan *plan, const struct plan_context *context,
		       enum plan_image_kind kind, struct error *e)
{
	const struct image *image = &context->image[kind].image;
	struct claim claim = {
		.owner = plan_image_owner(context, kind),
		.what = image->segments > 1 ? "segment" : image->name,
		.numbered = image->segments > 1,
		.context = (int)context->index,
	};

	for (unsigned i = 0; i < image->segments; i++) {
		claim.range = image->segment[i].to;
		claim.number = i;
		if (plan_claim(plan, &claim, e))
			return e->code;
	}
	claim.range = image->room;
	claim.what = "decompressed";
	claim.numbered = false;
	claim.phases = CLAIM_RUNNING;
	return plan_claim(plan, &claim, e);
}

int plan_claim_segments(struct plan *plan, struct plan_context *context, struct error *e)
{
	for (unsigned k = 0; k < PLAN_IMAGES; k++)
		if (context->image[k].present && claim_image(plan, context, k, e))
			return e->code;
	return 0;
}

int plan_claim_link(struct plan *plan, const struct plan_link *link, struct error *e)
{
	const struct manifest_link *m = link->manifest;

	for (unsigned k = 0; k < 4; k++) {
		static const char *const what[] = { "vring", "vring", "buffers", "session" };
		struct claim claim = {
			.range = k < 2	? link->layout.vring[k] :
				 k == 2 ? link->layout.buffers :
					  link->session,
			.owner = m->name,
			.what = what[k],
			.number = k,
			.numbered = k < 2,
			.context = (int)link->end[LINK_OWNER]->index,
		};

		if (plan_claim(plan, &claim, e))
			return e->code;
	}
	return 0;
}

int plan_claim_tree(struct plan *plan, struct error *e)
{
	struct claim claim = {
		.range = plan->fdt,
		.what = "device tree",
		.context = plan->linux_context,
	};

	if (!plan->fdt.size)
		return 0;
	claim.owner = plan->context[plan->linux_context].manifest->name;
	return plan_claim(plan, &claim, e);
}
