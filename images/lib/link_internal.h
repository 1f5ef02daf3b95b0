/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files that open links; their user includes link.h. */
#ifndef IMAGES_LIB_LINK_INTERNAL_H
#define IMAGES_LIB_LINK_INTERNAL_H

#include "images/lib/link.h"
#include "resource_table/table.h"

/* A link where its owner's table describes it: a copy, and where the original is. */
struct link_found {
	uint8_t copy[RESOURCE_TABLE_MAX] __attribute__((aligned(8)));
	struct table table; /* of copy */
	struct link_resource *link;
	struct resource_vdev *vdev; /* with its vrings */
	volatile struct link_resource *live_link;
	volatile struct resource_vdev *live_vdev;
};

/* Find in the table at @wanted->table[LINK_OWNER] the link that @wanted is a copy of. */
bool link_find(struct link_found *f, const struct link_resource *wanted);

/* Is all of it in memory that contexts share, and so mapped? */
bool link_in_shared(uint64_t base, uint64_t size);

/* Rings and buffers are in shared memory, and there is a shadow for them all. */
bool link_layout_fits(const struct link_layout *l);

/* The session words of @r. Its struct is packed, but link_find() takes none that is misaligned. */
static inline volatile struct link_session *link_session(volatile struct link_resource *r)
{
	return (volatile void *)((uintptr_t)r + offsetof(struct link_resource, session));
}

/* Set up the RPMsg link @l->rpmsg from all else in @l. */
int link_make(struct image_link *l);

/* Rings and buffers of @c as @l->layout has them. */
void link_config_layout(const struct image_link *l, struct rpmsg_config *c);

/* The handshake way; rpmsg_config tells when which of them is called. */
void link_lay_out(void *arg);
bool link_open_table(void *arg, struct rpmsg_link *r);

#endif
