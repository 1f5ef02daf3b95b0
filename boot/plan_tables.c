/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's resource tables and links: what a remoteproc master would have laid out. */
#include <string.h>

#include "boot/plan_parts.h"

/* Pristine copies lie behind the boot record, one place of RESOURCE_TABLE_MAX a context. */
#define PRISTINE_OFFSET 0x4000u

static int read_table(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct image *image = &context->image[PLAN_MAIN].image;
	const struct manifest_context *m = context->manifest;
	unsigned index = (unsigned)(context - plan->context);

	context->table_home = (struct range){ 0, 0 };
	if (!image->table.size)
		return 0;
	if (image->table.size > sizeof(context->table_data))
		return error_set(e, E_TABLE_BROKEN, "%s: resource table of %zu bytes, at most %u",
				 m->name, image->table.size, RESOURCE_TABLE_MAX);
	if (!range_make(&context->table_home, image->table_address, image->table.size))
		return error_set(e, E_OVERFLOW, "%s: resource table passes the end of memory",
				 m->name);
	if (m->table.size && (m->table.base != context->table_home.base ||
			      !range_contains(m->table, context->table_home)))
		return error_set(e, E_TABLE_MISPLACED,
				 "%s: resource table at 0x%08llx, 0x%llx bytes; belongs at "
				 "0x%08llx, 0x%llx bytes",
				 m->name, (unsigned long long)context->table_home.base,
				 (unsigned long long)context->table_home.size,
				 (unsigned long long)m->table.base,
				 (unsigned long long)m->table.size);
	context->table_pristine = (struct range){ plan->board->record.base + PRISTINE_OFFSET +
							  index * RESOURCE_TABLE_MAX,
						  image->table.size };
	memcpy(context->table_data, image->table.data, image->table.size);
	return table_read(&context->table, context->table_data, image->table.size, m->name, e);
}

struct area_claims {
	struct plan *plan;
	unsigned context;
	struct range pool; /* what is left of it */
	struct error *e;
};

static int claim_area(void *arg, const struct table_area *area)
{
	struct area_claims *a = arg;
	struct claim claim = {
		.range = area->range,
		.owner = a->plan->context[a->context].manifest->name,
		.what = area->type == RESOURCE_TRACE ? "trace" : "carve-out",
		.holds = area->type == RESOURCE_CARVEOUT,
		.context = (int)a->context,
	};

	if (area->type == RESOURCE_DEVMEM) /* a device: no RAM to claim */
		return 0;
	if (range_contains(a->pool,
			   area->range)) { /* taken from the link's memory, from its start */
		a->pool.size -= range_end(area->range) - a->pool.base;
		a->pool.base = range_end(area->range);
		claim.holds = false;
	}
	/* What lies in the context's own memory is claimed there already. */
	for (unsigned i = 0; i < a->plan->claims.count; i++) {
		const struct claim *c = &a->plan->claims.claim[i];

		if (c->holds && c->context == claim.context && c->owner == claim.owner &&
		    range_contains(c->range, claim.range))
			return 0;
	}
	return plan_claim(a->plan, claim, a->e);
}

/* The memory of the first link that this table describes is where ANY carve-outs go. */
static struct plan_link *first_link(struct plan *plan, unsigned context)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct manifest_link *m = plan->link[i].manifest;

		if (!plan->link[i].failed && m->end[m->table_end] == context)
			return &plan->link[i];
	}
	return NULL;
}

int plan_tables(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < plan->links; i++)
		plan->link[i].memory = plan->link[i].manifest->memory;
	for (unsigned i = 0; i < plan->contexts; i++) {
		struct plan_context *context = &plan->context[i];
		struct plan_link *link = first_link(plan, i);
		struct area_claims areas = { .plan = plan, .context = i, .e = e };

		if (context->failed)
			continue;
		plan->blame = (int)i;
		if (read_table(plan, context, e))
			return e->code;
		if (!context->table_home.size)
			continue;
		if (link)
			areas.pool = link->memory;
		if (table_fill_areas(&context->table, areas.pool, context->manifest->name,
				     claim_area, &areas, e))
			return e->code;
		if (link)
			link->memory = areas.pool;
	}
	plan->blame = -1;
	return 0;
}

/* A doorbell must be one that its end can hear: Linux has interrupts, others have SGIs. */
static int find_doorbell(const struct plan *plan, const struct manifest_link *m, unsigned end,
			 struct link_doorbell *doorbell, struct error *e)
{
	const struct plan_context *context = &plan->context[m->end[end]];

	*doorbell = m->doorbell[end];
	if (doorbell->type == LINK_DOORBELL_SGI) {
		if (context->runs_linux)
			return error_set(e, E_LINK_DOORBELL,
					 "%s: Linux can't hear an SGI as doorbell, only an SPI",
					 m->name);
		doorbell->target = 1u << context->core;
	}
	return 0;
}

static int plan_link(struct plan *plan, struct plan_link *link, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	struct plan_context *owner = &plan->context[m->end[m->table_end]];
	struct link_description d = { .buffer_len = m->buffer_len, .memory = link->memory };

	if (m->method != METHOD_PRESET)
		return error_set(e, E_LINK_METHOD, "%s: only the preset way is supported", m->name);
	if (!owner->table_home.size)
		return error_set(e, E_TABLE_MISSING, "%s: image %s has no .resource_table for %s",
				 owner->manifest->name, owner->manifest->image, m->name);
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

		if (plan_claim(plan, claim, e))
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
		plan->blame = (int)link->manifest->end[link->manifest->table_end];
		if (plan_link(plan, link, e))
			return e->code;
	}
	plan->blame = -1;
	return 0;
}
