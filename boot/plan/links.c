/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's links: vrings, buffers and doorbells, as a remoteproc master would lay them out. */
#include <string.h>

#include "boot/feature/explain.h"
#include "boot/feature/stm32.h"
#include "boot/plan/parts.h"
#include "resource_table/vring.h"

/* What the ends are told, in the order in which tables count them. */
static int describe(struct plan *plan, struct plan_link *link, struct link_description *d,
		    struct error *e)
{
	const struct manifest_link *m = link->manifest;

	*d = (struct link_description){
		.buffer_len = m->buffer_len,
		.method = m->method,
		.memory = link->memory,
		.pristine = link->end[LINK_OWNER]->table_pristine.base,
	};
	for (unsigned k = 0, end = m->table_end; k < 2; k++, end = 1 - end) {
		const struct plan_context *context = link->end[k];

		if (plan_doorbell(plan, link, k, e))
			return e->code;
		d->name[k] = context->manifest->name;
		d->table[k] = context->table_home.base;
		d->role[k] = m->role[end];
		d->stock |= context->runs_linux && d->role[k] == LINK_MASTER;
		d->buffer_count[k] = m->buffer_count[end];
		d->doorbell[k] = link->doorbell[k];
	}
	/*
	 * Ordinary firmware brings no link resource. Only Linux as its master needs none: a table
	 * that is filled in, the device tree and the vdev's status tell it all.
	 */
	d->by_resource = m->method == LINK_HANDSHAKE || !d->stock ||
			 link->end[LINK_OWNER]->runs_linux;
	return 0;
}

/* Static way: the ends know by themselves, and come to the same. */
static int lay_out(struct plan_link *link, const struct link_description *d, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	struct link_static s = {
		.memory = m->memory,
		.num = m->vrings[0],
		.align = m->vrings[1],
		.buffer_len = m->buffer_len,
	};
	struct link_layout *l = &link->layout;

	for (unsigned k = 0; k < 2; k++)
		s.buffer_count[link_transmit_vring(d->role[k], k)] = d->buffer_count[k];
	link->page = (struct range){ m->memory.base, PLAN_SESSION_SIZE };
	return link_layout_static(l, link->part, &s, d->stock, e);
}

static int check_pages(const struct plan_link *link, struct error *e)
{
	const struct link_part *part = link->part;

	if ((!link->end[0]->runs_linux && !link->end[1]->runs_linux) ||
	    link_layout_in_pages(&link->layout))
		return 0;
	return error_set_explained(e, E_LINK_LIMITS,
				   "vrings at 0x%x, 0x%x, buffers at 0x%x share pages",
				   ", which Linux maps whole", (unsigned)part[LINK_VRING0].base,
				   (unsigned)part[LINK_VRING1].base,
				   (unsigned)part[LINK_BUFFERS].base);
}

/* What of it is not as a link's has to be, and what is in the way. */
static int advise(const struct plan_link *link, struct error *e)
{
	const struct link_layout *l = &link->layout;

	for (unsigned i = 0; i < 2 && e->code == E_TABLE_BROKEN; i++)
		if (!vring_bytes(l->num[i], l->align[i]))
			return error_explain(
				e, "; wanted: powers of two, num up to %u, align up to 0x%x",
				VRING_NUM_MAX, VRING_ALIGN_MAX);
	for (unsigned vdev = 0; e->code == E_TABLE_NO_VDEV; vdev++)
		if (!table_find(&link->end[LINK_OWNER]->table, RESOURCE_VDEV, vdev))
			return error_explain(e, "; the table has %u vdevs", vdev);
	for (unsigned i = 0; i < 2 && e->code == E_TABLE_NO_ROOM; i++)
		if (l->buffer_count[i] > l->num[i])
			return error_explain(e, "; wanted: up to %u buffers, as it has descriptors",
					     (unsigned)l->num[i]);
	if (e->code != E_TABLE_NO_ROOM)
		return e->code;
	if (range_end(link->memory) - 1 > UINT32_MAX)
		return error_explain(e, "; wanted: memory below 4 GiB");
	for (unsigned k = 0; k < LINK_PLACES; k++) {
		const struct range part = link_part_range(&link->part[k]);

		if (part.size && part.base != RESOURCE_ANY && range_overlaps(&link->memory, &part))
			error_explain(e, "; in it %s 0x%llx..0x%llx", link_part_names[k],
				      (unsigned long long)part.base,
				      (unsigned long long)range_end(part));
	}
	return e->code;
}

/* Carve-outs, say, that are where it could have been. */
static int advise_room(const struct plan *plan, const struct plan_link *link, struct error *e)
{
	char text[CLAIM_TEXT];

	for (unsigned i = 0; e->code == E_TABLE_NO_ROOM && i < plan->claims.count; i++) {
		const struct claim *c = &plan->claims.claim[i];

		if (c->owner == link->manifest->name ||
		    !range_contains(&link->manifest->memory, &c->range))
			continue;
		claim_text(c, text);
		error_explain(e, "; in it %s", text);
	}
	return e->code;
}

int plan_link(struct plan *plan, struct plan_link *link, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	struct link_description d;

	error_about(e, "", m->name);
	link->page = stm32_has(m) ? m->registers : (struct range){ 0, 0 };
	if (describe(plan, link, &d, e))
		return e->code;
	if (advises())
		memset(link->part, 0, sizeof(link->part));
	if (m->method == LINK_STATIC ? lay_out(link, &d, e) : plan_link_tables(link, &d, e))
		return advises() && advise(link, e) ? advise_room(plan, link, e) : e->code;
	if (check_pages(link, e) || (features->views && plan_view_link(link, d.by_resource, e)))
		return e->code;
	if (stm32_has(m) && features->stm32->check(plan, link, e))
		return e->code;
	return plan_claim_link(plan, link, e);
}
