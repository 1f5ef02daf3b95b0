/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's last part: what Linux will see, made from what everybody else has. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "boot/feature/attach.h"
#include "boot/feature/devices.h"
#include "boot/feature/monitor.h"
#include "boot/feature/regions.h"
#include "boot/feature/resets.h"
#include "boot/feature/stm32.h"
#include "boot/feature/views.h"
#include "boot/plan/parts.h"
#include "doorbell/kind.h"

#define PAGE 4096u

_Static_assert(LINUX_CONTROLS == MANIFEST_CONTEXTS, "each context may be Linux's to control");

struct range plan_whole_pages(const struct range *r)
{
	phys_addr_t base = r->base & ~(phys_addr_t)(PAGE - 1);
	phys_addr_t end = (range_end(*r) + PAGE - 1) & ~(phys_addr_t)(PAGE - 1);

	return (struct range){ base, end - base };
}

static int share_page(const struct claim *c, const struct reserved_region *with, struct error *e)
{
	struct claim region = { .range = with->range, .owner = with->name, .what = "region" };
	char text[CLAIM_TEXT], region_text[CLAIM_TEXT];

	claim_text(c, text);
	claim_text(&region, region_text);
	return error_set(e, E_OVERLAP, "%s and %s share a page", text, region_text);
}

/*
 * A node of that name for what the culprit has. Linux warns of nodes that overlap, so what shares a
 * page can't have a node each.
 */
int plan_reserve(struct plan *plan, const struct range *range, struct error *e, const char *name,
		 ...)
{
	struct reserved_region *region = &plan->reserved[plan->tree.reserved_count];
	va_list args;

	if (plan->tree.reserved_count == PLAN_RESERVED)
		return error_set(e, E_TOO_MANY, "more than %u reserved regions", PLAN_RESERVED);
	va_start(args, name);
	vsnprintf(region->name, sizeof(region->name), name, args);
	va_end(args);
	region->range = plan_whole_pages(range);
	region->kind = RESERVED_PLAIN;
	region->instead = 0;
	for (unsigned i = 0; i < plan->tree.reserved_count; i++)
		if (range_overlaps(&plan->reserved[i].range, &region->range)) {
			const struct claim c = { .range = region->range,
						 .owner = region->name,
						 .what = "region" };

			plan_blame(plan, e->culprit, plan->reserved_for[i], e);
			return share_page(&c, &plan->reserved[i], e);
		}
	plan->reserved_for[plan->tree.reserved_count++] = e->culprit;
	return 0;
}

/* Reserve what of @range has no node of its own yet: the lowest gap, again and again. */
static int reserve_rest(struct plan *plan, const struct claim *c, struct error *e)
{
	unsigned named = plan->tree.reserved_count;
	struct range gap = plan_whole_pages(&c->range);
	phys_addr_t at = gap.base, end = range_end(gap);

	e->culprit = plan_claim_guilty(plan, c);
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
		if (stop > at && plan_reserve(plan, &gap, e, "%s", c->owner))
			return e->code;
		at = next;
	}
	return 0;
}

/*
 * The nodes of one link, by the names that drivers look for; where no vdev has a number, the link
 * has. Inline, it would have the compiler keep each member of @seen apart: longer.
 */
__attribute__((noinline)) static int reserve_link(struct plan *plan, const struct plan_link *link,
						  struct linux_link *seen, struct error *e)
{
	bool is_static = link->manifest->method == LINK_STATIC;
	unsigned number = is_static ? (unsigned)(link - plan->link) : link->manifest->vdev;

	e->culprit = plan_link_guilty(link);
	seen->table = is_static ? plan->tree.reserved_count : link->end[LINK_OWNER]->table_region;
	if (is_static && plan_reserve(plan, &link->page, e, "link-session"))
		return e->code;
	if (stm32_has(link->manifest) && plan_reserve(plan, &link->page, e, "link-registers"))
		return e->code;
	for (unsigned k = 0; k < 2; k++) {
		seen->vring[k] = plan->tree.reserved_count;
		if (plan_reserve(plan, &link->layout.vring[k], e, "vdev%uvring%u", number, k))
			return e->code;
	}
	seen->buffers = plan->tree.reserved_count;
	if (plan_reserve(plan, &link->layout.buffers, e, "vdev%ubuffer", number))
		return e->code;
	return stm32_loads(link) ? features->stm32->reserve(plan, link, e) : 0;
}

static int see_link(struct plan *plan, const struct plan_link *link, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	enum link_end end = link->end[LINK_PEER]->runs_linux ? LINK_PEER : LINK_OWNER;
	const struct plan_context *self = link->end[end], *peer = link->end[!end];
	unsigned own = end == LINK_OWNER ? m->table_end : !m->table_end;
	struct linux_link seen = {
		.peer = peer->manifest->name,
		.role = m->role[own],
		.end = end,
		.method = m->method,
		.vdev = m->vdev,
		.buffer_count = { link->layout.buffer_count[0], link->layout.buffer_count[1] },
		.buffer_len = link->layout.buffer_len,
		.vrings = { m->vrings[0], m->vrings[1] },
		.send = link->doorbell[!end],
		.failed = link->failed,
		.driver = stm32_has(m) ? features->stm32->driver : NULL,
		.registers = m->registers.base,
		.loads = stm32_loads(link),
	};

	/* Others may share pages: then their claims alone keep them from Linux. */
	if (!link->failed && (self->runs_linux || link_layout_in_pages(&link->layout)) &&
	    reserve_link(plan, link, &seen, e))
		return e->code;
	if (!self->runs_linux)
		return 0;
	if (!link->failed && seen.role == LINK_MASTER) /* stock virtio_rpmsg_bus allocates */
		plan->reserved[seen.buffers].kind = RESERVED_POOL;
	if (!link->failed)
		seen.interrupt_cells = doorbell_interrupt(&link->doorbell[end], seen.interrupt);
	if (features->adma && !link->failed && doorbell_taken_back(&link->doorbell[end])) {
		seen.receive = (uint8_t)link->doorbell[end].kind;
		seen.registers = link->doorbell[end].cell[1];
	}
	plan->linux_link[plan->tree.links++] = seen;
	return 0;
}

/*
 * A context's devices, and its table in a node of its own or, for TI K3's drivers, at the start of
 * a larger one.
 */
static int see_context(struct plan *plan, struct plan_context *c, struct error *e)
{
	const struct manifest_context *m = c->manifest;
	const struct range carveout = attach_carveout(m);

	for (unsigned i = 0; i < m->devices; i++)
		plan->disable[plan->tree.disables++] = m->device[i];
	if (!c->table_home.size)
		return 0;
	e->culprit = (int)c->index;
	c->table_region = plan->tree.reserved_count;
	if (carveout.size ? plan_reserve(plan, &carveout, e, "%s", m->name) :
			    plan_reserve(plan, &c->table_home, e, "rsc-table"))
		return e->code;
	return attach_header_place(m).size ? plan_reserve(plan, &m->xamp, e, "%s", m->name) : 0;
}

/* Everything that is not Linux's alone: tables and links by name, then the rest by its owner's. */
static int see_others(struct plan *plan, struct error *e)
{
	const struct board *board = plan->in->board;

	if (plan_reserve(plan, &board->record, e, "boot-record"))
		return e->code;
	plan->reserved[0].kind = RESERVED_RECORD;
	for (unsigned i = 0; features->views && i < board->clusters; i++)
		if (plan_leads_from_vectors(plan, &board->cluster[i]) &&
		    plan_reserve(plan, &board->cluster[i].vectors, e, "vectors"))
			return e->code;
	for (unsigned i = 0; i < plan->contexts; i++)
		if (!plan->context[i].failed && see_context(plan, &plan->context[i], e))
			return e->code;
	for (unsigned i = 0; i < plan->links; i++)
		if (see_link(plan, &plan->link[i], e))
			return e->code;
	if (features->regions && features->regions->take(plan, e))
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

/* What is reserved in the end, drivers that load programs are told of. */
static int see_loads(struct plan *plan, struct error *e)
{
	unsigned seen = 0;

	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		if (!link->end[0]->runs_linux && !link->end[1]->runs_linux)
			continue;
		e->culprit = plan_link_guilty(link);
		if (!link->failed && stm32_loads(link) &&
		    features->stm32->see(plan, link, &plan->linux_link[seen], e))
			return e->code;
		seen++;
	}
	return 0;
}

/*
 * A zImage takes RAM to begin where its 128 MiB do (arch/arm/boot/compressed/head.S), and Linux
 * then leaves out all that is below, what was loaded there too (drivers/of/fdt.c,
 * early_init_dt_add_memory_arch()).
 */
static int check_start(const struct plan *plan, const struct plan_context *context, struct error *e)
{
	const struct range *room = &context->image[PLAN_MAIN].image.room;
	const uint32_t start = (uint32_t)room->base & ZIMAGE_RAM_MASK;
	phys_addr_t lowest = UINT64_MAX;

	for (unsigned i = 0; i < plan->tree.memories; i++)
		if (plan->tree.memory[i].base < lowest)
			lowest = plan->tree.memory[i].base;
	if (!room->size || lowest == start)
		return 0;
	return error_set(e, E_OUTSIDE_MEMORY, "%s: memory starts at 0x%llx, its zImage wants 0x%x",
			 context->manifest->name, (unsigned long long)lowest, (unsigned)start);
}

/* By a driver of the kernel's own: then it is not our module's. */
static bool is_loaded(const struct plan *plan, const struct plan_context *c)
{
	for (unsigned i = 0; i < plan->links; i++)
		if (plan->link[i].end[LINK_OWNER] == c && stm32_loads(&plan->link[i]))
			return true;
	return false;
}

/* Its own end and start are Linux's by PSCI; one that has failed can be neither. */
static void see_controlled(struct plan *plan, const struct plan_context *self)
{
	memset(plan->control, 0, sizeof(plan->control));
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];

		if (c != self && !c->failed &&
		    manifest_controls(self->manifest, c->manifest->name) && !is_loaded(plan, c))
			plan->control[i] = c->manifest->name;
	}
	plan->tree.control = plan->control;
	plan->tree.watchdog_ms = self->manifest->watchdog[0];
}

int plan_linux(struct plan *plan, struct error *e)
{
	const struct plan_context *context = plan_linux_context(plan);
	const struct manifest_context *m;

	plan->tree.initrd.size = 0;
	plan->tree.links = plan->tree.disables = 0;
	e->culprit = plan->linux_context;
	plan->tree.reserved_count = 0;
	if (!context) {
		plan->fdt.size = 0;
		return 0;
	}
	m = context->manifest;
	if (check_start(plan, context, e) || see_others(plan, e) ||
	    (features->monitor && features->stm32 && see_loads(plan, e)) ||
	    (features->devices && features->devices->check(plan, e)))
		return e->code;
	plan->tree.bootargs = m->bootargs;
	/* COMMAND_LINE_SIZE of arch/arm64 and arch/arm */
	plan->tree.command_line = context->image[PLAN_MAIN].image.bits == 64 ? 2048 : 1024;
	plan->tree.old_seeds = m->fdt[0];
	if (context->image[PLAN_RAMDISK].present)
		plan->tree.initrd = context->image[PLAN_RAMDISK].image.segment[0].to;
	if (features->monitor && plan->in->board->secure) {
		plan->tree.firmware = features->monitor->firmware;
		see_controlled(plan, context);
	} else if (features->resets && features->resets->see(plan, context, e)) {
		return e->code;
	}
	plan->tree.cores = (struct core_set){ plan->in->board->core.id, context->cores };
	plan->tree.reserved = plan->reserved;
	plan->tree.link = plan->linux_link;
	plan->tree.disable = plan->disable;
	return 0;
}

int plan_linux_tree(struct plan *plan, struct error *e)
{
	const struct range *fdt = &plan->in->board->fdt;
	size_t room;
	uint8_t *to = staging_next(plan->staging, &room);

	plan->fdt.size = 0;
	if (!plan_linux_context(plan))
		return 0;
	e->culprit = plan->linux_context;
	if (room > fdt->size)
		room = (size_t)fdt->size;
	if (linux_tree_write(to, room, plan->fdt_source, &plan->tree, e)) {
		if (e->code == E_FDT_FULL && room < (size_t)fdt->size)
			e->code = E_STAGING_FULL; /* that is the smaller room */
		return e->code;
	}
	plan->fdt = (struct range){ fdt->base, fdt_totalsize(to) };
	return 0;
}

int plan_keep_tree(struct plan *plan, struct error *e)
{
	const struct range tried = { plan->in->board->staging.base + plan->staging->used,
				     plan->fdt.size };
	size_t room;

	(void)e;
	/* Linux is told by its tree of copies that it makes contexts anew from: yet to be made. */
	plan->fdt_tried =
		features->resets && plan->kept_contexts ? NULL : staging_next(plan->staging, &room);
	for (unsigned i = 0; i < plan->claims.count; i++)
		if (range_overlaps(&plan->claims.claim[i].range, &tried))
			plan->fdt_tried = NULL;
	return 0;
}

int plan_check_pages(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < plan->claims.count; i++) {
		const struct claim *c = &plan->claims.claim[i];

		for (unsigned k = plan_is_linuxs_own(plan, c) ? plan->tree.reserved_count : 0; k--;)
			if (range_overlaps(&c->range, &plan->reserved[k].range)) {
				plan_blame(plan, plan->reserved_for[k], plan->linux_context, e);
				return share_page(c, &plan->reserved[k], e);
			}
	}
	return 0;
}
