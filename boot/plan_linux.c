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

static int share_page(const struct plan *plan, const struct claim *c, unsigned with,
		      struct error *e)
{
	const struct reserved_region *other = &plan->reserved[with];
	struct claim region = { .range = other->range, .owner = other->name, .what = "region" };
	char text[CLAIM_TEXT], region_text[CLAIM_TEXT];

	claim_text(c, text);
	claim_text(&region, region_text);
	return error_set(e, E_OVERLAP, "%s and %s share a page", text, region_text);
}

/* Linux warns of nodes that overlap, so what shares a page can't have a node each. */
static int reserve(struct plan *plan, const char *name, const struct range *range,
		   enum reserved_kind kind, int context, struct error *e)
{
	struct reserved_region *region = &plan->reserved[plan->reserved_count];
	const struct claim c = {
		.range = whole_pages(*range), .owner = name, .what = "region", .context = context
	};

	for (unsigned i = 0; i < plan->reserved_count; i++)
		if (range_overlaps(&plan->reserved[i].range, &c.range)) {
			plan_blame(plan, context, plan->reserved_for[i]);
			return share_page(plan, &c, i, e);
		}
	if (plan->reserved_count == PLAN_RESERVED) {
		plan_blame(plan, context, -1);
		return error_set(e, E_TOO_MANY, "more than %u reserved-memory regions",
				 PLAN_RESERVED);
	}
	snprintf(region->name, sizeof(region->name), "%s", name);
	region->range = c.range;
	region->kind = kind;
	plan->reserved_for[plan->reserved_count++] = context;
	return 0;
}

/* Reserve what of @range has no node of its own yet: the lowest gap, again and again. */
static int reserve_rest(struct plan *plan, const struct claim *c, struct error *e)
{
	unsigned named = plan->reserved_count;
	struct range gap = whole_pages(c->range);
	phys_addr_t at = gap.base, end = range_end(gap);

	while (at < end) {
		phys_addr_t stop = end, next = end;

		for (unsigned i = 0; i < named; i++) {
			const struct range *r = &plan->reserved[i].range;

			if (range_end(*r) > at && r->base < stop) {
				stop = r->base > at ? r->base : at;
				next = range_end(*r);
			}
		}
		gap = (struct range){ at, stop - at };
		if (stop > at &&
		    reserve(plan, c->owner, &gap, RESERVED_PLAIN, plan_claim_guilty(plan, c), e))
			return e->code;
		at = next;
	}
	return 0;
}

/* The nodes of one link, by the names that drivers look for; where no vdev has a number, the link has. */
static int reserve_link(struct plan *plan, const struct plan_link *link, struct linux_link *seen,
			enum reserved_kind buffers, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	unsigned number = m->method == LINK_STATIC ? (unsigned)(link - plan->link) : m->vdev;
	int guilty = plan_link_guilty(link);
	char name[sizeof(plan->reserved[0].name)];

	seen->table = plan->reserved_count;
	if (m->method == LINK_STATIC &&
	    reserve(plan, "link-session", &link->session, RESERVED_PLAIN, guilty, e))
		return e->code;
	for (unsigned k = 0; k < 2; k++) {
		snprintf(name, sizeof(name), "vdev%uvring%u", number, k);
		seen->vring[k] = plan->reserved_count;
		if (reserve(plan, name, &link->layout.vring[k], RESERVED_PLAIN, guilty, e))
			return e->code;
	}
	snprintf(name, sizeof(name), "vdev%ubuffer", number);
	seen->buffers = plan->reserved_count;
	return reserve(plan, name, &link->layout.buffers, buffers, guilty, e);
}

static int see_link(struct plan *plan, const struct plan_link *link, const unsigned *table,
		    struct error *e)
{
	const struct manifest_link *m = link->manifest;
	unsigned own = plan->linux_context == (int)m->end[1], other = 1 - own;
	bool linux_end = own || plan->linux_context == (int)m->end[0];
	bool allocates = linux_end &&
			 m->role[own] == LINK_MASTER; /* as stock virtio_rpmsg_bus does */
	struct linux_link *seen = &plan->linux_link[plan->tree.links];

	seen->failed = link->failed;
	if (!link->failed &&
	    reserve_link(plan, link, seen, allocates ? RESERVED_POOL : RESERVED_PLAIN, e))
		return e->code;
	if (!linux_end)
		return 0;
	seen->peer = plan->context[m->end[other]].manifest->name;
	seen->role = m->role[own];
	seen->end = own == m->table_end ? LINK_OWNER : LINK_PEER;
	seen->method = m->method;
	seen->vdev = m->vdev;
	if (m->method != LINK_STATIC)
		seen->table = table[m->end[m->table_end]];
	memcpy(seen->buffer_count, link->layout.buffer_count, sizeof(seen->buffer_count));
	seen->buffer_len = link->layout.buffer_len;
	memcpy(seen->vrings, m->vrings, sizeof(seen->vrings));
	seen->receive = m->doorbell[own];
	seen->send = m->doorbell[other];
	if (seen->send.type == LINK_DOORBELL_SGI)
		seen->send.target = 1u << plan->context[m->end[other]].core;
	plan->tree.links++;
	return 0;
}

/* A context's table, in a node of its own or, for TI K3's drivers, at the start of a larger one. */
static int see_table(struct plan *plan, unsigned context, struct error *e)
{
	const struct plan_context *c = &plan->context[context];
	const struct manifest_context *m = c->manifest;
	bool k3 = m->k3_carveout.size;

	if (!c->table_home.size || c->failed)
		return 0;
	if (reserve(plan, k3 ? m->name : "rsc-table", k3 ? &m->k3_carveout : &c->table_home,
		    RESERVED_PLAIN, (int)context, e))
		return e->code;
	return m->xamp.size ? reserve(plan, m->name, &m->xamp, RESERVED_PLAIN, (int)context, e) : 0;
}

/* Everything that is not Linux's alone: tables and links by name, then the rest by its owner's. */
static int see_others(struct plan *plan, struct error *e)
{
	unsigned table[MANIFEST_CONTEXTS];

	if (reserve(plan, "boot-record", &plan->board->record, RESERVED_RECORD, -1, e))
		return e->code;
	for (unsigned i = 0; i < plan->contexts; i++) {
		table[i] = plan->reserved_count;
		if (see_table(plan, i, e))
			return e->code;
	}
	for (unsigned i = 0; i < plan->links; i++)
		if (see_link(plan, &plan->link[i], table, e))
			return e->code;
	for (unsigned i = 0; i < plan->claims.count; i++) {
		const struct claim *c = &plan->claims.claim[i];

		if (c->context < 0 || plan->context[c->context].failed ||
		    plan_is_linuxs_own(plan, c))
			continue;
		if (reserve_rest(plan, c, e))
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

static int measure_tree(struct plan *plan, struct error *e)
{
	size_t size;

	plan->blame = plan->linux_context;
	if (linux_tree_check(plan->fdt_source, &plan->tree, &size, e))
		return e->code;
	plan->fdt = (struct range){ plan->board->fdt.base, size };
	if (size > plan->board->fdt.size)
		return error_set(e, E_FDT_FULL, "device tree needs %zu bytes, there are %llu", size,
				 (unsigned long long)plan->board->fdt.size);
	return 0;
}

int plan_linux(struct plan *plan, struct error *e)
{
	const struct plan_context *context = plan_linux_context(plan);
	const struct manifest_context *m;

	memset(&plan->tree, 0, sizeof(plan->tree));
	plan->fdt.size = 0;
	plan->reserved_count = 0;
	if (!context)
		return 0;
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
	return measure_tree(plan, e);
}

int plan_check_pages(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < plan->claims.count; i++)
		for (unsigned k = 0; k < plan->reserved_count; k++) {
			const struct claim *c = &plan->claims.claim[i];

			if (plan_is_linuxs_own(plan, c) &&
			    range_overlaps(&c->range, &plan->reserved[k].range)) {
				plan_blame(plan, plan->reserved_for[k], plan->linux_context);
				return share_page(plan, c, k, e);
			}
		}
	return 0;
}
