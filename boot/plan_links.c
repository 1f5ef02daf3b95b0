/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's links: vrings, buffers and doorbells, as a remoteproc master would lay them out. */
#include "boot/plan_parts.h"

/* An SPI is one line to one end: no two links may share it. */
static int check_spi(const struct plan *plan, const struct manifest_link *m, unsigned end,
		     struct error *e)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct manifest_link *other = plan->link[i].manifest;

		for (unsigned k = 0; k < 2 && !plan->link[i].failed; k++)
			if (other->doorbell[k].type == LINK_DOORBELL_SPI &&
			    other->doorbell[k].number == m->doorbell[end].number &&
			    (other != m || k != end))
				return error_set(e, E_LINK_DOORBELL,
						 "%s: its SPI %u is a doorbell of %s, too", m->name,
						 (unsigned)m->doorbell[end].number, other->name);
	}
	return 0;
}

/*
 * Can @context hear it? Linux's GIC driver leaves SGIs to itself, and takes every SPI from the others
 * when it starts. An SGI's mask of cores has eight bits.
 */
static bool hears(const struct plan *plan, const struct plan_context *context,
		  const struct link_doorbell *d)
{
	if (d->type == LINK_DOORBELL_SGI)
		return !context->runs_linux && context->core < 8;
	return d->type == LINK_DOORBELL_NONE || context->runs_linux || plan->linux_context < 0;
}

static int find_doorbell(const struct plan *plan, const struct manifest_link *m, unsigned end,
			 struct link_doorbell *d, struct error *e)
{
	const struct plan_context *context = &plan->context[m->end[end]];

	*d = m->doorbell[end];
	if (!hears(plan, context, d))
		return error_set(e, E_LINK_DOORBELL, "%s: %s on core %u can't hear %s %u", m->name,
				 context->manifest->name, context->core,
				 d->type == LINK_DOORBELL_SGI ? "SGI" : "SPI", (unsigned)d->number);
	if (d->type == LINK_DOORBELL_SGI)
		d->target = 1u << context->core;
	return d->type == LINK_DOORBELL_SPI ? check_spi(plan, m, end, e) : 0;
}

static int plan_link(struct plan *plan, struct plan_link *link, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	struct plan_context *owner = &plan->context[m->end[m->table_end]];
	struct link_description d = { .buffer_len = m->buffer_len, .memory = link->memory };

	if (m->method != LINK_PRESET)
		return error_set(e, E_LINK_METHOD, "%s: only the preset way is supported", m->name);
	if (!owner->table_home.size)
		return error_set(e, E_TABLE_MISSING, "%s: image %s has no .resource_table for %s",
				 owner->manifest->name, owner->image[PLAN_MAIN].image.name,
				 m->name);
	for (unsigned k = 0; k < 2; k++) { /* k: as the table counts its ends */
		unsigned end = k == LINK_OWNER ? m->table_end : 1 - m->table_end;
		const struct plan_context *context = &plan->context[m->end[end]];

		d.name[k] = context->manifest->name;
		d.table[k] = context->table_home.base;
		d.role[k] = m->role[end];
		d.buffer_count[k] = m->buffer_count[end];
		if (find_doorbell(plan, m, end, &d.doorbell[k], e))
			return e->code;
	}
	if (table_fill_link(&owner->table, m->vdev, &d, &link->layout, e))
		return e->code;
	for (unsigned k = 0; k < 3; k++) {
		struct claim claim = {
			.range = k < 2 ? link->layout.vring[k] : link->layout.buffers,
			.owner = m->name,
			.what = k < 2 ? "vring" : "buffers",
			.number = k,
			.numbered = k < 2,
			.context = (int)m->end[m->table_end],
		};

		if (plan_claim(plan, &claim, e))
			return e->code;
	}
	return 0;
}

int plan_links(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < plan->links; i++) {
		struct plan_link *link = &plan->link[i];

		if (link->failed)
			continue;
		plan->blame = plan_link_guilty(plan, link->manifest);
		if (plan_link(plan, link, e))
			return e->code;
	}
	plan->blame = -1;
	return 0;
}
