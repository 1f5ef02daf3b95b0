/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's last part: what Linux will see, made from what everybody else has. */
#include <stdio.h>
#include <string.h>

#include "boot/plan_parts.h"

#define PAGE 4096u

static struct range whole_pages(struct range r)
{
	phys_addr_t base = r.base & ~(phys_addr_t)(PAGE - 1);
	phys_addr_t end = (range_end(r) + PAGE - 1) & ~(phys_addr_t)(PAGE - 1);

	return (struct range){ base, end - base };
}

/* Linux warns of nodes that overlap, so what shares a page can't have a node each. */
static int reserve(struct plan *plan, const char *name, struct range range, enum reserved_kind kind,
		   struct error *e)
{
	struct reserved_region *region = &plan->reserved[plan->reserved_count];

	range = whole_pages(range);
	for (unsigned i = 0; i < plan->reserved_count; i++)
		if (range_overlaps(plan->reserved[i].range, range))
			return error_set(e, E_OVERLAP,
					 "%s 0x%08llx..0x%08llx and %s 0x%08llx..0x%08llx share a "
					 "page",
					 name, (unsigned long long)range.base,
					 (unsigned long long)range_end(range),
					 plan->reserved[i].name,
					 (unsigned long long)plan->reserved[i].range.base,
					 (unsigned long long)range_end(plan->reserved[i].range));
	if (plan->reserved_count == PLAN_RESERVED)
		return error_set(e, E_TOO_MANY, "more than %u reserved-memory regions",
				 PLAN_RESERVED);
	snprintf(region->name, sizeof(region->name), "%s", name);
	region->range = range;
	region->kind = kind;
	plan->reserved_count++;
	return 0;
}

/* Reserve what of @range has no node of its own yet: the lowest gap, again and again. */
static int reserve_rest(struct plan *plan, const char *name, struct range range, struct error *e)
{
	unsigned named = plan->reserved_count;
	phys_addr_t at, end;

	range = whole_pages(range);
	at = range.base;
	end = range_end(range);
	while (at < end) {
		phys_addr_t stop = end, next = end;

		for (unsigned i = 0; i < named; i++) {
			const struct range *r = &plan->reserved[i].range;

			if (range_end(*r) > at && r->base < stop) {
				stop = r->base > at ? r->base : at;
				next = range_end(*r);
			}
		}
		if (stop > at &&
		    reserve(plan, name, (struct range){ at, stop - at }, RESERVED_PLAIN, e))
			return e->code;
		at = next;
	}
	return 0;
}

/* The nodes of one link, by the names that drivers look for. */
static int reserve_link(struct plan *plan, const struct plan_link *link, struct linux_link *seen,
			struct error *e)
{
	const struct manifest_link *m = link->manifest;
	char name[sizeof(plan->reserved[0].name)];

	for (unsigned k = 0; k < 2; k++) {
		snprintf(name, sizeof(name), "vdev%uvring%u", m->vdev, k);
		seen->vring[k] = plan->reserved_count;
		if (reserve(plan, name, link->layout.vring[k], RESERVED_PLAIN, e))
			return e->code;
	}
	snprintf(name, sizeof(name), "vdev%ubuffer", m->vdev);
	seen->buffers = plan->reserved_count;
	return reserve(plan, name, link->layout.buffers, RESERVED_POOL, e);
}

static int see_link(struct plan *plan, const struct plan_link *link, const unsigned *table,
		    struct error *e)
{
	const struct manifest_link *m = link->manifest;
	unsigned own = plan->linux_context == (int)m->end[1];
	bool linux_end = own || plan->linux_context == (int)m->end[0];
	struct linux_link seen = { .failed = link->failed };

	if (!link->failed && reserve_link(plan, link, &seen, e))
		return e->code;
	if (!linux_end)
		return 0;
	seen.peer = plan->context[m->end[1 - own]].manifest->name;
	seen.role = m->role[own];
	seen.vdev = m->vdev;
	seen.table = table[m->end[m->table_end]];
	seen.receive = m->doorbell[own];
	seen.send = m->doorbell[1 - own];
	if (seen.send.type == LINK_DOORBELL_SGI)
		seen.send.target = 1u << plan->context[m->end[1 - own]].core;
	plan->linux_link[plan->tree.links++] = seen;
	return 0;
}

/* Everything that is not Linux's: tables and links by name, then the rest by its owner's. */
static int see_others(struct plan *plan, struct error *e)
{
	unsigned table[MANIFEST_CONTEXTS] = { 0 };

	plan->reserved_count = 0;
	if (reserve(plan, "boot-record", plan->board->record, RESERVED_RECORD, e))
		return e->code;
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *context = &plan->context[i];

		table[i] = plan->reserved_count;
		if (!context->failed && context->table_home.size &&
		    reserve(plan, "rsc-table", context->table_home, RESERVED_PLAIN, e))
			return e->code;
	}
	for (unsigned i = 0; i < plan->links; i++)
		if (see_link(plan, &plan->link[i], table, e))
			return e->code;
	for (unsigned i = 0; i < plan->claims.count; i++) {
		const struct claim *c = &plan->claims.claim[i];

		if (c->context < 0 || c->parent >= 0 || plan->context[c->context].failed ||
		    c->context == plan->linux_context)
			continue;
		if (reserve_rest(plan, c->owner, c->range, e))
			return e->code;
	}
	return 0;
}

static void see_devices(struct plan *plan)
{
	plan->tree.disables = 0;
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct manifest_context *m = plan->context[i].manifest;

		for (unsigned k = 0; k < m->devices && !plan->context[i].failed; k++)
			plan->disable[plan->tree.disables++] = m->device[k];
	}
}

int plan_linux(struct plan *plan, struct error *e)
{
	const struct plan_context *context;
	const struct manifest_context *m;

	memset(&plan->tree, 0, sizeof(plan->tree));
	plan->fdt.size = 0;
	if (plan->linux_context < 0 || plan->context[plan->linux_context].failed)
		return 0;
	context = &plan->context[plan->linux_context];
	m = context->manifest;
	if (see_others(plan, e))
		return e->code;
	see_devices(plan);
	plan->tree.bootargs = m->bootargs;
	if (context->image[PLAN_RAMDISK].present)
		plan->tree.initrd = context->image[PLAN_RAMDISK].image.segment[0].to;
	plan->tree.cores = m->cores;
	plan->tree.memory = m->memories ? m->memory : plan->ram;
	plan->tree.memories = m->memories ? m->memories : plan->ram_count;
	plan->tree.reserved = plan->reserved;
	plan->tree.reserved_count = plan->reserved_count;
	plan->tree.link = plan->linux_link;
	plan->tree.disable = plan->disable;

	plan->fdt.base = plan->board->fdt.base;
	plan->fdt.size = linux_tree_size(plan->fdt_source, &plan->tree);
	if (plan->fdt.size > plan->board->fdt.size)
		return error_set(e, E_FDT_FULL, "device tree needs %llu bytes, there are %llu",
				 (unsigned long long)plan->fdt.size,
				 (unsigned long long)plan->board->fdt.size);
	return 0;
}
