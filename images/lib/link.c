/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "images/lib/doorbell.h"
#include "images/lib/link_internal.h"

void image_link_ring(const struct image_link *l)
{
	doorbell_ring(&l->bell);
}

static void ring_bell(void *arg)
{
	image_link_ring(arg);
}

static bool layout_fits(const struct link_layout *l)
{
	for (unsigned i = 0; i < 2; i++)
		if (l->num[i] > IMAGE_VRING_NUM ||
		    !link_in_shared(l->vring[i].base, l->vring[i].size))
			return false;
	return link_in_shared(l->buffers.base, l->buffers.size);
}

static int make(struct image_link *l)
{
	const struct link_layout *layout = &l->layout;
	struct rpmsg_config c = { .role = l->about.role[l->end], .end = l->end };
	void *vring[2];

	for (unsigned i = 0; i < 2; i++)
		vring[i] = (void *)(uintptr_t)layout->vring[i].base;
	rpmsg_config_layout(&c, layout, vring, (void *)(uintptr_t)layout->buffers.base);
	c.shadow = l->shadow;
	c.vdev = l->vdev;
	c.session = l->session;
	l->bell = l->about.doorbell[!l->end];
	c.kick = ring_bell;
	c.arg = l;
	return rpmsg_link_init(&l->rpmsg, &c);
}

int image_link_open(struct image_link *l, volatile struct image_table *table, unsigned n)
{
	struct link_resource wanted;
	struct image_vdev vdev;

	memset(l, 0, sizeof(*l));
	memcpy(&wanted, (const void *)&table->link[n], sizeof(wanted));
	if (!wanted.table[LINK_OWNER])
		return IMAGE_LINK_UNUSED;
	l->end = n < IMAGE_VDEVS ? LINK_OWNER : LINK_PEER;
	if ((l->end == LINK_OWNER) != (wanted.table[LINK_OWNER] == (uintptr_t)table) ||
	    !link_find(l, &wanted, &vdev) || !link_layout_read(&l->layout, &vdev.vdev, &l->about) ||
	    !layout_fits(&l->layout))
		return RPMSG_E_CONFIG;
	return make(l);
}
