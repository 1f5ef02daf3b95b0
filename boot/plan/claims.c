/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's claims: who needs which bytes. */
#include "boot/feature/explain.h"
#include "boot/feature/stm32.h"
#include "boot/feature/views.h"
#include "boot/plan/parts.h"

/* The first error stays: whoever makes several claims looks once, behind them. */
int plan_claim(struct plan *plan, struct claim *claim, const struct range *range, struct error *e)
{
	const struct claims *claims = &plan->claims;

	claim->range = *range;
	claim->parent = -1;
	/* Memory lies in no other; a carve-out, which has a name, may lie in a link's. */
	for (unsigned i = 0; i < claims->count && (!claim->holds || claim->name); i++) {
		const struct claim *c = &claims->claim[i];

		if (c->holds && c->context == claim->context && range_contains(&c->range, range))
			claim->parent = (int)i;
	}
	if (!claim->phases)
		claim->phases = CLAIM_ALWAYS;
	if (claim_add(&plan->claims, claim, e))
		e->culprit = plan_claim_guilty(plan, claim);
	return e->code;
}

int plan_claim_loader(struct plan *plan, struct error *e)
{
	const struct board *board = plan->in->board;
	const struct range staging = { board->staging.base, plan->staging->used };
	const struct range tree = { plan->in->fdt_at, plan->fdt_source.size };
	/* Where it is in flash, nothing is loaded over it. */
	const struct range image = { board->slot[plan->in->slot].base, plan->in->fit.size };
	struct claim claim = { .owner = "loader", .context = -1 };

	for (unsigned i = 0; i < board->claim_count; i++) {
		claim.what = board->claims[i].what;
		claim.phases = board->claims[i].phases;
		plan_claim(plan, &claim, &board->claims[i].range, e);
	}
	claim.phases = CLAIM_ALWAYS;
	claim.what = "vectors";
	for (unsigned i = 0; features->views && i < board->clusters; i++)
		if (plan_leads_from_vectors(plan, &board->cluster[i]))
			plan_claim(plan, &claim, &board->cluster[i].vectors, e);
	claim.what = "boot record";
	plan_claim(plan, &claim, &board->record, e);
	claim.phases = CLAIM_LOADING;
	claim.what = plan->in->slot == BOARD_RECEIVED ? "received image" : "boot image";
	if (plan_reaches(plan, &image))
		plan_claim(plan, &claim, &image, e);
	claim.what = "staging";
	plan_claim(plan, &claim, &staging, e);
	claim.owner = "board";
	claim.what = "device tree";
	claim.foreign = true;	/* it may be reserved, too */
	if (plan->fdt_at_board) /* else that is needed no more */
		plan_claim(plan, &claim, &tree, e);
	return e->code;
}

int plan_claim_memories(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct manifest_context *m = context->manifest;
	struct linux_tree *t = &plan->tree;
	struct claim claim = {
		.owner = m->name,
		.what = "memory",
		.numbered = m->memories > 1,
		.holds = true,
		.context = (int)context->index,
	};

	if (!context->runs_linux) {
		for (; claim.number < m->memories; claim.number++)
			plan_claim(plan, &claim, &m->memory[claim.number], e);
		return e->code;
	}
	/* Linux's is what it is told of, everybody else's included: no claim, but there. */
	if (m->memories) {
		t->memory = m->memory;
		t->memories = m->memories;
	}
	for (; claim.number < t->memories; claim.number++) {
		claim.range = t->memory[claim.number];
		claim_check_ram(&claim, plan->ram, plan->ram_count, e);
	}
	return e->code;
}

int plan_claim_link_memory(struct plan *plan, struct plan_link *link, struct error *e)
{
	struct claim claim = {
		.owner = link->manifest->name,
		.what = "memory",
		.holds = true,
		/*
		 * With what lies in it, it belongs to the context whose table describes the link.
		 */
		.context = (int)link->end[LINK_OWNER]->index,
	};

	link->memory = link->manifest->memory;
	return plan_claim(plan, &claim, &link->memory, e);
}

const char *plan_image_owner(const struct plan_context *context, enum plan_image_kind kind)
{
	return kind == PLAN_TABLE ? context->image[kind].image.name : context->manifest->name;
}

/* Of two addresses, is only the one that does not count in RAM? */
static bool is_mixed_up(const struct plan *plan, const struct segment *s)
{
	const struct range linked = { s->vaddr, s->to.size };

	return !range_in_any(plan->ram, plan->ram_count, &s->to) &&
	       range_in_any(plan->ram, plan->ram_count, &linked);
}

static int claim_image(struct plan *plan, const struct plan_context *context,
		       enum plan_image_kind kind, struct error *e)
{
	const struct image *image = &context->image[kind].image;
	struct claim claim = {
		.owner = plan_image_owner(context, kind),
		.numbered = image->segments > 1,
		.written = true,
		.context = (int)context->index,
	};

	for (; claim.number < image->segments; claim.number++) {
		const struct segment *s = &image->segment[claim.number];

		claim.what = image->segments > 1 ? "segment" : image->name;
		if (advises() && is_mixed_up(plan, s))
			claim.what = "segment by p_paddr (p_vaddr is RAM)";
		if (s->headers) /* a linker puts them in front of what the script places */
			claim.what = EXPLAIN("ELF headers", " (link with -n), segment");
		plan_claim(plan, &claim, &s->to, e);
	}
	claim.what = "decompressed";
	claim.numbered = claim.written = false;
	claim.phases = CLAIM_RUNNING;
	return plan_claim(plan, &claim, &image->room, e);
}

int plan_claim_segments(struct plan *plan, struct plan_context *context, struct error *e)
{
	for (unsigned k = 0; k < PLAN_IMAGES; k++)
		if (context->image[k].present)
			claim_image(plan, context, k, e);
	return e->code;
}

int plan_claim_link(struct plan *plan, const struct plan_link *link, struct error *e)
{
	struct claim claim = {
		.owner = link->manifest->name,
		.what = "vring",
		.numbered = true,
		.written = true, /* cleared */
		.context = (int)link->end[LINK_OWNER]->index,
	};
	struct range r;

	for (; claim.number < 2; claim.number++) {
		r = link_part_range(&link->part[claim.number]);
		plan_claim(plan, &claim, &r, e);
	}
	claim.numbered = false;
	claim.what = stm32_has(link->manifest) ? "registers" : "session";
	plan_claim(plan, &claim, &link->page, e);
	claim.written = false;
	claim.what = "buffers";
	r = link_part_range(&link->part[LINK_BUFFERS]);
	return plan_claim(plan, &claim, &r, e);
}

int plan_claim_tree(struct plan *plan, struct error *e)
{
	struct claim claim = {
		.what = "device tree",
		.written = true,
		.context = plan->linux_context,
	};

	if (!plan->fdt.size)
		return 0;
	claim.owner = plan->context[plan->linux_context].manifest->name;
	return plan_claim(plan, &claim, &plan->fdt, e);
}
