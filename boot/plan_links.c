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
 * A doorbell must be one that its end can hear. Linux's GIC driver leaves SGIs to itself, and takes
 * every SPI from the others when it starts.
 */
static int find_doorbell(const struct plan *plan, const struct manifest_link *m, unsigned end,
			 struct link_doorbell *doorbell, struct error *e)
{
	const struct plan_context *context = &plan->context[m->end[end]];

	*doorbell = m->doorbell[end];
	switch (doorbell->type) {
	case LINK_DOORBELL_SGI:
		if (context->runs_linux)
			return error_set(e, E_LINK_DOORBELL,
					 "%s: Linux can't hear an SGI as doorbell, only an SPI",
					 m->name);
		if (context->core > 7)
			return error_set(e, E_LINK_DOORBELL,
					 "%s: an SGI can't reach core %u, only 0 to 7", m->name,
					 context->core);
		doorbell->target = 1u << context->core;
		return 0;
	case LINK_DOORBELL_SPI:
		if (!context->runs_linux && plan->linux_context >= 0)
			return error_set(e, E_LINK_DOORBELL,
					 "%s: %s can't hear an SPI beside Linux, only an SGI",
					 m->name, context->manifest->name);
		return check_spi(plan, m, end, e);
	default:
		return 0;
	}
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
