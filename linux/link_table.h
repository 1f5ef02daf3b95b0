/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The resource table of a link. It is the peer's memory: the peer may write anything there at any
 * time. So it is copied out once, the copy is checked, and every decision comes from the copy.
 * What both ends keep using (status, gfeatures, epochs) is accessed in place, at offsets that the
 * copy was checked for.
 */
#ifndef PEERBOOT_LINK_TABLE_H
#define PEERBOOT_LINK_TABLE_H

#include <linux/device.h>
#include <linux/ioport.h>

#include "shared.h"

struct link_table {
	struct resource region; /* the reserved region that it lies in */
	void *live;		/* that region, write-combined */
	struct table table;	/* of the copy, as it was when mapped */
	/* In the copy: */
	const struct resource_vdev *vdev;
	const struct link_resource *link; /* NULL: there is none */
	enum link_end end; /* which one we are; LINK_PEER if there is no link resource */
};

/*
 * Map the table in @region, copy and check it, find vdev number @vdev and its link resource.
 * Memory and mapping belong to @dev. -EINVAL for a table that is broken or not about @peer; the
 * reason is in the log.
 */
int table_map(struct link_table *t, struct device *dev, const struct resource *region,
	      unsigned int vdev, const char *peer);

/* In place, for those who check what they read. NULL: no link resource. */
volatile struct resource_vdev *table_live_vdev(const struct link_table *t);
struct link_resource *table_live_link(const struct link_table *t);
volatile struct link_session *table_session(const struct link_table *t);

#endif
