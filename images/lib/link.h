/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From an image's resource table, as the loader has filled it in, to RPMsg links. A link is described
 * by a vdev of our own table, or by another's that a reference of ours points to. What a table says
 * is copied once and checked: nothing outside the board's shared memory is ever touched because of it.
 */
#ifndef IMAGES_LIB_LINK_H
#define IMAGES_LIB_LINK_H

#include "images/lib/rpmsg.h"
#include "images/lib/table.h"
#include "resource_table/link_layout.h"

struct image_link {
	struct rpmsg_link rpmsg;
	uint16_t shadow[2 * IMAGE_VRING_NUM];
	struct link_resource about; /* a checked copy; both names end */
	struct link_layout layout;
	enum link_end end;	   /* ours */
	struct link_doorbell bell; /* wakes the other end */
	/* In the owner's table, for all to see */
	volatile struct resource_vdev *vdev;
	volatile struct link_session *session;
};

#define IMAGE_LINK_UNUSED 1

/*
 * Prepare link number @n (0 to IMAGE_LINKS - 1) of our @table. Then rpmsg_link_start().
 * IMAGE_LINK_UNUSED: nobody has filled it in. RPMSG_E_CONFIG: what is there makes no sense.
 */
int image_link_open(struct image_link *l, volatile struct image_table *table, unsigned n);

/* Names of the contexts at both ends of it. */
static inline const char *image_link_own(const struct image_link *l)
{
	return l->about.name[l->end];
}

static inline const char *image_link_peer(const struct image_link *l)
{
	return l->about.name[!l->end];
}

/* Ring the other end's bell. */
void image_link_ring(const struct image_link *l);

#endif
