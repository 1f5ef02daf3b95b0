/* SPDX-License-Identifier: BSD-2-Clause */
/* What the plan's resource tables ask for: placed as a remoteproc master would, and claimed. */
#include "boot/feature/attach.h"
#include "boot/plan/parts.h"

struct area_claims {
	struct plan *plan;
	struct plan_context *context;
	struct error *e;
};

/* Leave of @memory what is before or behind @area, whichever is more. */
static void take_from(struct range *memory, const struct range *area)
{
	uint64_t before = area->base - memory->base;

	if (!area->size || !range_contains(memory, area))
		return;
	if (before > memory->size - before - area->size) {
		memory->size = before;
	} else {
		memory->size -= before + area->size;
		memory->base += before + area->size;
	}
}

/* Is @area in memory of a link that the table of @context describes? Then it is no more free. */
static bool take_from_links(struct plan *plan, const struct plan_context *context,
			    const struct range *area)
{
	bool found = false;

	for (unsigned i = 0; i < plan->links; i++) {
		struct plan_link *link = &plan->link[i];

		if (!plan_link_is_described(link, context) ||
		    !range_contains(&link->manifest->memory, area))
			continue;
		take_from(&link->memory, area);
		found = true;
	}
	return found;
}

/* Buffers of a firmware's own in its .bss, say. */
static bool in_image(const struct plan_context *context, const struct range *area)
{
	const struct image *image = &context->image[plan_table_image(context)].image;

	for (unsigned i = 0; i < image->segments; i++)
		if (range_contains(&image->segment[i].to, area))
			return true;
	return false;
}

static struct claim new_claim(const struct plan_context *context, const char *what)
{
	return (struct claim){
		.owner = plan_image_owner(context, plan_table_image(context)),
		.what = what,
		.context = (int)context->index,
	};
}

static int claim_memory(const struct area_claims *a, struct claim *claim, const struct range *range)
{
	const struct plan_context *context = a->context;
	const struct manifest_context *m = context->manifest;

	/*
	 * What lies in the context's own memory or image is claimed there; Linux's memory is no
	 * claim.
	 */
	if ((!context->runs_linux && range_in_any(m->memory, m->memories, range)) ||
	    in_image(context, range))
		return 0;
	/*
	 * Where the manifest names no memory, the image's carve-outs are its memory. In a link's,
	 * one may hold what else its table has a fixed address for, as for remoteproc: vrings, say.
	 */
	claim->holds &= take_from_links(a->plan, context, range) || !m->memories;
	return plan_claim(a->plan, claim, range, a->e);
}

static int claim_area(void *arg, const struct table_area *area)
{
	const struct area_claims *a = arg;
	struct range range = link_part_range(&area->part);
	const bool trace = area->type == RESOURCE_TRACE;
	struct claim claim = new_claim(a->context, trace ? "trace" : "carve-out");

	/* Stock remoteproc takes it, too, and has nothing to show. */
	if (trace && (area->part.base == RESOURCE_ANY ||
		      (features->views && !plan_sees_alike(a->context->cluster, &range)) ||
		      !range_in_any(a->plan->ram, a->plan->ram_count, &range))) {
		a->context->left_out = area->name;
		return 0;
	}
	if (features->views && !plan_see(a->context->cluster, &range))
		return error_set(a->e, E_OUTSIDE_VIEW,
				 "carve-out %.32s 0x%llx..0x%llx is nothing that %s sees",
				 (const char *)area->name, (unsigned long long)range.base,
				 (unsigned long long)range_end(range), a->context->cluster->name);
	claim.name = area->name;
	claim.holds = !trace;
	return claim_memory(a, &claim, &range);
}

/* Where the table is used, and what drivers of others look at to find it. */
static int claim_conventions(const struct area_claims *a)
{
	const struct plan_context *context = a->context;
	const struct image *image = &context->image[plan_table_image(context)].image;
	const struct range xamp = attach_header_place(context->manifest);
	const struct range k3 = attach_carveout(context->manifest);
	struct claim table = new_claim(context, "table");
	struct claim header = new_claim(context, "xamp header");
	struct claim carveout = new_claim(context, "carve-out");

	table.written = header.written = carveout.holds = true;
	/* Where the firmware copies the table to lies in no segment. */
	if (context->table_home.base != image->table_address &&
	    plan_claim(a->plan, &table, &context->table_home, a->e))
		return a->e->code;
	if (context->manifest->xamp.size < xamp.size)
		return error_set(a->e, E_MANIFEST_BROKEN, "xamp of 0x%x bytes, its header has 0x%x",
				 (unsigned)context->manifest->xamp.size, (unsigned)xamp.size);
	if (k3.size && claim_memory(a, &carveout, &k3))
		return a->e->code;
	return plan_claim(a->plan, &header, &xamp, a->e);
}

/*
 * Where ANY carve-outs go: the memory of the first link that the table describes. Those of vdevs
 * that links use (@linked) may be a link's own.
 */
static struct range carveout_memory(const struct plan *plan, const struct plan_context *context,
				    uint32_t *linked)
{
	struct range memory = { 0, 0 };

	*linked = 0;
	for (unsigned i = plan->links; i--;) {
		const struct plan_link *link = &plan->link[i];

		if (!plan_link_is_described(link, context))
			continue;
		memory = link->manifest->memory;
		*linked |= 1u << link->manifest->vdev;
	}
	return memory;
}

int plan_table_areas(struct plan *plan, struct plan_context *context, struct error *e)
{
	struct area_claims areas = { plan, context, e };
	struct range memory;
	uint32_t linked;

	if (claim_conventions(&areas))
		return e->code;
	memory = carveout_memory(plan, context, &linked);
	return table_fill_areas(&context->table, memory, linked, context->manifest->name,
				claim_area, &areas, e);
}
