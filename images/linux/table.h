/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The resource table of a link. It is the peer's memory: the peer may write anything there at any
 * time. So it is copied out once, the copy is checked, and every decision comes from the copy.
 * What both ends keep using (status, gfeatures, epochs) is accessed in place, at offsets that the
 * copy was checked for.
 */
#ifndef PEERBOOT_TABLE_H
#define PEERBOOT_TABLE_H

#include <linux/device.h>
#include <linux/ioport.h>

#include "resource_table/layout.h"
#include "resource_table/link_resource.h"

struct link_table {
	struct resource region; /* the reserved region that it lies in */
	void *live;		/* that region, write-combined */
	size_t size;		/* bytes looked at: the region's, at most RESOURCE_TABLE_MAX */
	const void *copy;	/* as it was when mapped, checked */
	u32 vdev_offset;
	u32 link_offset;   /* of the link resource; 0: there is none */
	enum link_end end; /* which one we are; LINK_PEER if there is no link resource */
};

/*
 * Map the table in @region, copy and check it, find vdev number @vdev and its link resource.
 * Memory and mapping belong to @dev. -EINVAL for a table that is broken or not about @peer; the
 * reason is in the log.
 */
int table_map(struct link_table *t, struct device *dev, const struct resource *region,
	      unsigned int vdev, const char *peer);

/* From the checked copy. */
const struct resource_vdev *table_vdev(const struct link_table *t);
const struct link_resource *table_link(const struct link_table *t); /* NULL: none */

/* In place, for those who check what they read. NULL: no link resource. */
volatile struct resource_vdev *table_live_vdev(const struct link_table *t);
struct link_resource *table_live_link(const struct link_table *t);
volatile struct link_session *table_session(const struct link_table *t);

/* For readers of other copies: why @data is no good table (NULL: it is), and its entries. */
const char *table_check(const void *data, size_t size);
const void *table_entry(const void *data, unsigned int index);
/* Is this entry of a checked table, with @left bytes to the table's end, a link resource? */
bool table_is_link(const void *entry, size_t left);

#endif
