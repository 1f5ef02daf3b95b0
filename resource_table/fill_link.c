/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "resource_table/table.h"

/* All that is said in advance, whoever lays out the rest: that is in @layout, or it is NULL. */
static void describe(struct link_resource *l, const struct link_description *d,
		     const struct link_layout *layout)
{
	l->memory_base = d->memory.base;
	l->memory_size = d->memory.size;
	l->pristine = d->pristine;
	l->method = d->method;
	memset(&l->session, 0, sizeof(l->session));
	memset(l->name, 0, sizeof(l->name));
	for (unsigned end = 0; end < 2; end++) {
		l->table[end] = d->table[end];
		l->role[end] = d->role[end];
		l->doorbell[end] = d->doorbell[end];
		memcpy(l->name[end], d->name[end], strnlen(d->name[end], sizeof(l->name[end]) - 1));
		if (layout)
			l->buffer_count[end] =
				layout->buffer_count[link_transmit_vring(d->role[end], end)];
	}
	if (!layout)
		return;
	l->buffer_base = layout->buffers.base;
	l->buffer_size = layout->buffers.size;
	l->buffer_len = layout->buffer_len;
}

/* What of a table describes one link. */
struct described {
	struct resource_vdev *vdev;
	struct link_resource *link;			 /* NULL: none */
	struct resource_carveout *carveout[LINK_PLACES]; /* that is the place; NULL: none */
};

static int find_vdev(struct described *found, const struct table *t, unsigned vdev,
		     const struct link_description *d, struct error *e)
{
	struct resource_vdev *v = table_find(t, RESOURCE_VDEV, vdev);

	found->vdev = v;
	found->link = table_find_link(t, vdev, 0);
	if (!v || v->id != VIRTIO_ID_RPMSG_DEVICE || v->num_of_vrings != 2)
		return error_set(e, E_TABLE_NO_VDEV,
				 "vdev %u of %s: not RPMsg with 2 vrings, virtio id %u with %u",
				 vdev, d->name[LINK_OWNER], v ? (unsigned)v->id : 0,
				 v ? v->num_of_vrings : 0);
	if (!found->link && d->by_resource)
		return error_set(e, E_TABLE_NO_LINK, "vdev %u of %s has no link resource", vdev,
				 d->name[LINK_OWNER]);
	return 0;
}

/*
 * Part of a link lies in carve-out @c as a whole, at its start, as remoteproc finds it by its name.
 */
static int take_carveout(const struct table *t, const struct resource_carveout *c,
			 struct link_part *part, struct error *e)
{
	const uint32_t base = table_is_any(t, c->da) ? part->base : c->da, len = c->len;

	if (len < part->size)
		return error_set(e, E_TABLE_NO_ROOM,
				 "carve-out %.32s at 0x%x has 0x%x bytes, needs 0x%x",
				 (const char *)c->name, (unsigned)c->da, (unsigned)len,
				 (unsigned)part->size);
	if (part->base != RESOURCE_ANY && part->base - base > len - part->size)
		return error_set(e, E_TABLE_BROKEN,
				 "carve-out %.32s at 0x%x has 0x%x bytes, needs 0x%x at 0x%x",
				 (const char *)c->name, (unsigned)c->da, (unsigned)len,
				 (unsigned)part->size, (unsigned)part->base);
	*part = (struct link_part){ base, len };
	return 0;
}

static int lay_out(struct described *found, const struct table *t, unsigned vdev,
		   const struct link_description *d, struct link_layout *layout,
		   struct link_part part[LINK_PLACES], struct error *e)
{
	if (find_vdev(found, t, vdev, d, e))
		return e->code;
	layout->buffer_len = d->buffer_len;
	for (unsigned i = 0; i < 2; i++) {
		layout->num[i] = found->vdev->vring[i].num;
		layout->align[i] = found->vdev->vring[i].align;
		layout->buffer_count[link_transmit_vring(d->role[i], i)] = d->buffer_count[i];
	}
	if ((d->stock && link_layout_be_stock(layout, false, e)) ||
	    link_layout_measure(layout, part, e))
		return e->code;
	for (unsigned k = 0; k < LINK_PLACES; k++) {
		struct resource_carveout *c = table_find_place(t, vdev, k);

		found->carveout[k] = c;
		if (k < LINK_BUFFERS && !table_is_any(t, found->vdev->vring[k].da))
			part[k].base = found->vdev->vring[k].da;
		if (c && take_carveout(t, c, &part[k], e))
			return e->code;
	}
	return link_layout_place(layout, part, &d->memory, e);
}

int table_lay_out_link(const struct table *t, unsigned vdev, const struct link_description *d,
		       struct link_layout *layout, struct error *e)
{
	struct link_part part[LINK_PLACES];
	struct described found;

	return lay_out(&found, t, vdev, d, layout, part, e);
}

static void fill_carveouts(const struct described *to, const struct link_part part[LINK_PLACES])
{
	for (unsigned k = 0; k < LINK_PLACES; k++)
		if (to->carveout[k])
			to->carveout[k]->da = to->carveout[k]->pa = (uint32_t)part[k].base;
}

/* remoteproc counts vrings, whatever vdev they are of. */
static uint32_t first_notifyid(const struct table *t, unsigned vdev)
{
	uint32_t count = 0;

	while (vdev)
		count += ((struct resource_vdev *)table_find(t, RESOURCE_VDEV, --vdev))
				 ->num_of_vrings;
	return count;
}

int table_fill_link(struct table *t, unsigned vdev, const struct link_description *d,
		    struct link_layout *layout, struct link_part part[LINK_PLACES], struct error *e)
{
	struct described to;

	if (lay_out(&to, t, vdev, d, layout, part, e))
		return e->code;
	to.vdev->status = 0;
	to.vdev->gfeatures = 0;
	for (unsigned i = 0; i < 2; i++) {
		struct resource_vring *ring = &to.vdev->vring[i];

		ring->da = ring->pa = (uint32_t)layout->vring[i].base;
		ring->notifyid = first_notifyid(t, vdev) + i;
	}
	fill_carveouts(&to, part);
	if (to.link)
		describe(to.link, d, layout);
	return 0;
}

int table_offer_link(struct table *t, unsigned vdev, const struct link_description *d,
		     struct link_layout *layout, struct link_part part[LINK_PLACES],
		     struct error *e)
{
	struct described to;

	if (lay_out(&to, t, vdev, d, layout, part, e))
		return e->code;
	fill_carveouts(&to, part);
	if (to.link)
		describe(to.link, d, NULL);
	return 0;
}

bool table_fill_reference(struct table *t, const struct link_description *d,
			  const struct link_layout *layout)
{
	struct link_resource *l;
	unsigned n = 0;

	do
		l = table_find_link(t, LINK_NO_VDEV, n++);
	while (l && l->table[LINK_OWNER]);
	if (l)
		describe(l, d, layout);
	return l;
}
