/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's resource tables: read, and their carve-outs placed, as a remoteproc master would. */
#include <string.h>

#include "boot/plan_parts.h"

/* Pristine copies lie behind the boot record, one place of RESOURCE_TABLE_MAX a context. */
#define PRISTINE_OFFSET 0x4000u

static int misplaced(const struct manifest_context *m, struct range home, struct error *e)
{
	const struct claim is = { .range = home, .owner = m->name, .what = "resource table" };
	struct claim belongs = is;
	char is_text[CLAIM_TEXT], belongs_text[CLAIM_TEXT];

	belongs.range = m->table;
	claim_text(&is, is_text);
	claim_text(&belongs, belongs_text);
	return error_set(e, E_TABLE_MISPLACED, "%s, wanted: %s", is_text, belongs_text);
}

static int read_table(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct image *image = &context->image[PLAN_MAIN].image;
	const struct manifest_context *m = context->manifest;
	size_t index = (size_t)(context - plan->context), size = image->table.size;

	/* no sum wraps: the image's parser has placed it below 4 GiB */
	context->table_home = (struct range){ size ? image->table_address : 0, size };
	if (!size && m->table.size)
		return error_set(e, E_TABLE_MISSING, "%s: image %s has no .resource_table", m->name,
				 image->name);
	if (!size)
		return 0;
	if (size > sizeof(context->table_data))
		return error_set(e, E_TABLE_BROKEN, "%s: resource table of %zu bytes", m->name,
				 size);
	if (m->table.size && (m->table.base != context->table_home.base ||
			      !range_contains(m->table, context->table_home)))
		return misplaced(m, context->table_home, e);
	context->table_pristine = (struct range){
		plan->board->record.base + PRISTINE_OFFSET + index * RESOURCE_TABLE_MAX, size
	};
	memcpy(context->table_data, image->table.data, size);
	return table_read(&context->table, context->table_data, size, m->name, e);
}

struct area_claims {
	struct plan *plan;
	unsigned context;
	struct error *e;
};

/* Leave of @memory what is before or behind @area, whichever is more. */
static void take_from(struct range *memory, struct range area)
{
	uint64_t before = area.base - memory->base;

	if (!area.size || !range_contains(*memory, area))
		return;
	if (before > memory->size - before - area.size) {
		memory->size = before;
	} else {
		memory->size -= before + area.size;
		memory->base += before + area.size;
	}
}

/* Is @area in memory of a link that the table of @context describes? Then it is no more free. */
static bool take_from_links(struct plan *plan, unsigned context, struct range area)
{
	bool found = false;

	for (unsigned i = 0; i < plan->links; i++) {
		struct plan_link *link = &plan->link[i];
		const struct manifest_link *m = link->manifest;

		if (link->failed || m->end[m->table_end] != context ||
		    !range_contains(m->memory, area))
			continue;
		take_from(&link->memory, area);
		found = true;
	}
	return found;
}

/* What lies in the context's own memory is claimed there already. */
static bool in_own_memory(const struct manifest_context *m, struct range area)
{
	for (unsigned i = 0; i < m->memories; i++)
		if (range_contains(m->memory[i], area))
			return true;
	return false;
}

static int claim_area(void *arg, const struct table_area *area)
{
	struct area_claims *a = arg;
	const struct manifest_context *m = a->plan->context[a->context].manifest;
	struct claim claim = {
		.range = area->range,
		.owner = m->name,
		.what = area->type == RESOURCE_TRACE ? "trace" : "carve-out",
		.context = (int)a->context,
	};

	if (area->type == RESOURCE_DEVMEM) /* a device: no RAM to claim */
		return 0;
	if (in_own_memory(m, area->range))
		return 0;
	/* Where the manifest names no memory, the image's carve-outs are its memory. */
	if (!take_from_links(a->plan, a->context, area->range))
		claim.holds = area->type == RESOURCE_CARVEOUT && !m->memories;
	return plan_claim(a->plan, &claim, a->e);
}

/* Where ANY carve-outs go: the memory of the first link that the table describes. */
static struct range carveout_memory(const struct plan *plan, unsigned context)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct manifest_link *m = plan->link[i].manifest;

		if (!plan->link[i].failed && m->end[m->table_end] == context)
			return m->memory;
	}
	return (struct range){ 0, 0 };
}

int plan_tables(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < plan->links; i++)
		plan->link[i].memory = plan->link[i].manifest->memory;
	for (unsigned i = 0; i < plan->contexts; i++) {
		struct plan_context *context = &plan->context[i];
		struct area_claims areas = { .plan = plan, .context = i, .e = e };

		if (context->failed)
			continue;
		plan->blame = (int)i;
		if (read_table(plan, context, e))
			return e->code;
		if (context->table_home.size &&
		    table_fill_areas(&context->table, carveout_memory(plan, i),
				     context->manifest->name, claim_area, &areas, e))
			return e->code;
	}
	plan->blame = -1;
	return 0;
}
