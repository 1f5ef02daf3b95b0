/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's links: vrings, buffers and doorbells, as a remoteproc master would lay them out. */
#include <string.h>

#include "boot/feature/explain.h"
#include "boot/plan/parts.h"
#include "resource_table/vring.h"

/* An SPI is one line to one end: no two links may share it. */
static int check_spi(const struct plan *plan, const struct link_doorbell *spi, struct error *e)
{
	for (unsigned i = 0; i < 2 * plan->links; i++) {
		const struct plan_link *link = &plan->link[i / 2];
		const struct link_doorbell *other = &link->manifest->doorbell[i % 2];

		if (!link->failed && other->type == LINK_DOORBELL_SPI &&
		    other->number == spi->number && other != spi)
			return error_set(e, E_LINK_DOORBELL, "its SPI %u is a doorbell of %s",
					 (unsigned)spi->number, link->manifest->name);
	}
	return 0;
}

/*
 * Can @context hear it? Linux's GIC driver leaves SGIs to itself, and takes every SPI from the
 * others when it starts. An SGI's mask of cores has eight bits, and a GIC not all SPIs that there
 * could be.
 */
static bool hears(const struct plan *plan, const struct plan_context *context,
		  const struct link_doorbell *d)
{
	if (d->type == LINK_DOORBELL_SGI)
		return !context->runs_linux && context->core < 8;
	return d->type == LINK_DOORBELL_NONE ||
	       (d->number < plan->board->spis && (context->runs_linux || plan->linux_context < 0));
}

static int check_doorbell(const struct plan *plan, const struct plan_context *context,
			  const struct link_doorbell *d, struct error *e)
{
	if (!hears(plan, context, d)) {
		error_set(e, E_LINK_DOORBELL, "%s on core %u can't hear %s %u",
			  context->manifest->name, context->core,
			  d->type == LINK_DOORBELL_SGI ? "SGI" : "SPI", (unsigned)d->number);
		if (d->type == LINK_DOORBELL_SPI && d->number >= plan->board->spis)
			return error_explain(e, "; SPIs are 0 to %u", plan->board->spis - 1);
		return error_explain(e, "; Linux hears SPIs, others SGIs on cores 0 to 7");
	}
	return d->type == LINK_DOORBELL_SPI ? check_spi(plan, d, e) : 0;
}

/* What the ends are told, in the order in which tables count them. */
static int describe(const struct plan *plan, const struct plan_link *link,
		    struct link_description *d, struct error *e)
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

		if (check_doorbell(plan, context, &m->doorbell[end], e))
			return e->code;
		d->name[k] = context->manifest->name;
		d->table[k] = context->table_home.base;
		d->role[k] = m->role[end];
		d->stock |= context->runs_linux && d->role[k] == LINK_MASTER;
		d->buffer_count[k] = m->buffer_count[end];
		d->doorbell[k] = m->doorbell[end];
		if (d->doorbell[k].type == LINK_DOORBELL_SGI)
			d->doorbell[k].target = 1u << context->core;
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
	link->session = (struct range){ m->memory.base, PLAN_SESSION_SIZE };
	return link_layout_static(l, link->part, &s, d->stock, e);
}

static int check_pages(const struct plan_link *link, struct error *e)
{
	const struct link_part *part = link->part;

	if ((!link->end[0]->runs_linux && !link->end[1]->runs_linux) ||
	    link_layout_in_pages(&link->layout))
		return 0;
	return error_set(e, E_LINK_LIMITS,
			 EXPLAIN("vrings at 0x%x, 0x%x, buffers at 0x%x share pages",
				 ", which Linux maps whole"),
			 (unsigned)part[LINK_VRING0].base, (unsigned)part[LINK_VRING1].base,
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

int plan_link(struct plan *plan, struct plan_link *link, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	struct link_description d;

	error_about(e, "", m->name);
	link->session.size = 0;
	if (describe(plan, link, &d, e))
		return e->code;
	if (advises())
		memset(link->part, 0, sizeof(link->part));
	if (m->method == LINK_STATIC ? lay_out(link, &d, e) : plan_link_tables(link, &d, e))
		return advises() ? advise(link, e) : e->code;
	if (check_pages(link, e))
		return e->code;
	return plan_claim_link(plan, link, e);
}
