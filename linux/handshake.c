// SPDX-License-Identifier: GPL-2.0-only
/* The handshake way. See handshake.h. */
#include <linux/string.h>

#include "handshake.h"
#include "link.h"

/* The link's part of the table. What is read is copied once and then checked. */
struct description {
	struct resource_vdev vdev;
	struct resource_vring vring[LINK_VRINGS]; /* vdev's */
	struct link_resource link;
} __packed;

static void copy_out(struct description *d, const struct peer_link *link)
{
	memcpy(&d->vdev, (const void *)link->live, sizeof(d->vdev));
	memcpy(d->vring, (const void *)link->live->vring, sizeof(d->vring));
	memcpy(&d->link, table_live_link(&link->table), sizeof(d->link));
}

/* Rings of as many descriptors as there were, which are what our own memory was sized for. */
static bool same_shape(const struct description *d, const struct link_layout *l)
{
	unsigned int i;

	for (i = 0; i < LINK_VRINGS; i++)
		if (d->vring[i].num != l->num[i] || d->vring[i].align != l->align[i])
			return false;
	return d->vdev.num_of_vrings == LINK_VRINGS;
}

void handshake_lay_out(struct peer_link *link)
{
	struct resource_vdev *vdev = (struct resource_vdev *)link->live;
	struct link_resource *resource = table_live_link(&link->table);
	unsigned int i;

	for (i = 0; i < LINK_VRINGS; i++) {
		vdev->vring[i].da = RESOURCE_ANY;
		vdev->vring[i].pa = RESOURCE_ANY;
		vdev->vring[i].num = link->layout.num[i];
		vdev->vring[i].align = link->layout.align[i];
	}
	vdev->gfeatures = 0;
	vdev->status = 0;
	resource->buffer_base = 0;
	resource->buffer_size = 0;
}

bool handshake_fill(struct peer_link *link)
{
	struct resource_vdev *vdev = (struct resource_vdev *)link->live;
	struct link_resource *resource = table_live_link(&link->table);
	const struct link_layout *l = &link->layout;
	struct description d;
	unsigned int i;

	copy_out(&d, link);
	if (!same_shape(&d, l))
		return false;
	for (i = 0; i < LINK_VRINGS; i++) {
		enum link_end end = link->end ^ i; /* ours, then the peer's */
		enum link_role own = link->role->role;
		/* The two bits of the other end are ours the other way round. */
		enum link_role role = !i || own == LINK_SYMMETRIC ? own : LINK_MASTER - own;

		vdev->vring[i].da = l->vring[i].base;
		vdev->vring[i].pa = l->vring[i].base;
		resource->buffer_count[end] = l->buffer_count[link_transmit_vring(role, end)];
	}
	resource->buffer_base = l->buffers.base;
	resource->buffer_size = l->buffers.size;
	resource->buffer_len = l->buffer_len;
	return true;
}

bool handshake_read(struct peer_link *link)
{
	struct link_layout *known = &link->layout;
	struct link_layout l;
	struct description d;
	unsigned int i;

	copy_out(&d, link);
	if (!same_shape(&d, known) || !link_layout_read(&l, &d.vdev, &d.link))
		return false;
	for (i = 0; i < LINK_VRINGS; i++)
		if (l.vring[i].base != known->vring[i].base ||
		    l.vring[i].size != known->vring[i].size)
			return false;
	if (l.buffers.base != known->buffers.base || l.buffers.size != known->buffers.size)
		return false;
	known->buffer_len = l.buffer_len;
	for (i = 0; i < LINK_VRINGS; i++)
		known->buffer_count[i] = l.buffer_count[i];
	return true;
}
