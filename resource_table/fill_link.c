/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "resource_table/table.h"

static int fail(const struct link_description *d, int code, const char *what, unsigned number,
		struct error *e)
{
	return error_set(e, (enum error_code)code, "link %s-%s: %s 0x%x, memory 0x%llx..0x%llx",
			 d->name[LINK_OWNER], d->name[LINK_PEER], what, number,
			 (unsigned long long)d->memory.base,
			 (unsigned long long)range_end(d->memory));
}

/* The link resource of @vdev; LINK_NO_VDEV: the first reference that nothing has been filled in for. */
static struct link_resource *find_link(const struct table *t, uint32_t vdev)
{
	for (const struct table_entry *entry = t->entry; entry < t->entry + t->count; entry++) {
		struct link_resource *l = (void *)(t->data + entry->offset);

		if (entry->type == RESOURCE_LINK && entry->size >= sizeof(*l) &&
		    l->magic == LINK_MAGIC && l->vdev == vdev &&
		    (vdev != LINK_NO_VDEV || !l->table[LINK_OWNER]))
			return l;
	}
	return NULL;
}

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
	struct link_resource *link; /* NULL: none */
};

static int lay_out(struct described *found, struct table *t, unsigned vdev,
		   const struct link_description *d, struct link_layout *layout, struct error *e)
{
	const struct table_entry *entry = table_find(t, RESOURCE_VDEV, vdev);
	struct resource_vdev *v = entry ? (void *)(t->data + entry->offset) : NULL;
	int rc;

	found->vdev = v;
	found->link = find_link(t, vdev);
	if (!v || v->id != VIRTIO_ID_RPMSG_DEVICE || v->num_of_vrings != 2)
		return fail(d, E_TABLE_NO_VDEV, "no RPMsg device with 2 vrings is vdev", vdev, e);
	if (!found->link && d->by_resource)
		return fail(d, E_TABLE_NO_LINK, "no link resource for vdev", vdev, e);
	layout->buffer_len = d->buffer_len;
	for (unsigned i = 0; i < 2; i++) {
		layout->vring[i].base = v->vring[i].da;
		layout->num[i] = v->vring[i].num;
		layout->align[i] = v->vring[i].align;
		layout->buffer_count[link_transmit_vring(d->role[i], i)] = d->buffer_count[i];
	}
	rc = link_layout_place(layout, &d->memory);
	return rc ? fail(d, rc, "no place for vrings, or buffers of", d->buffer_len, e) : 0;
}

int table_fill_link(struct table *t, unsigned vdev, const struct link_description *d,
		    struct link_layout *layout, struct error *e)
{
	struct described to;
	int rc = lay_out(&to, t, vdev, d, layout, e);

	if (rc)
		return rc;
	to.vdev->status = 0;
	to.vdev->gfeatures = 0;
	for (unsigned i = 0; i < 2; i++) {
		struct resource_vring *ring = &to.vdev->vring[i];

		ring->da = ring->pa = (uint32_t)layout->vring[i].base;
		ring->notifyid = 2 * vdev + i;
	}
	if (to.link)
		describe(to.link, d, layout);
	return 0;
}

int table_offer_link(struct table *t, unsigned vdev, const struct link_description *d,
		     struct link_layout *layout, struct error *e)
{
	struct described to;
	int rc = lay_out(&to, t, vdev, d, layout, e);

	if (!rc && to.link)
		describe(to.link, d, NULL);
	return rc;
}

bool table_fill_reference(struct table *t, const struct link_description *d,
			  const struct link_layout *layout)
{
	struct link_resource *l = find_link(t, LINK_NO_VDEV);

	if (!l)
		return false;
	describe(l, d, layout);
	return true;
}
