// SPDX-License-Identifier: GPL-2.0-only
/* The resource table of a link: map, copy, read, find. See link_table.h. */
#include <linux/io.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "link_table.h"

static bool names_end(const struct link_resource *link)
{
	return strnlen(link->name[0], sizeof(link->name[0])) < sizeof(link->name[0]) &&
	       strnlen(link->name[1], sizeof(link->name[1])) < sizeof(link->name[1]);
}

/* A firmware built without knowing of us has no link resource; then the table is its own. */
static int find_end(struct link_table *t, const char *peer)
{
	const struct link_resource *link = t->link;

	t->end = LINK_PEER;
	if (!link || !strcmp(link->name[LINK_OWNER], peer))
		return 0;
	t->end = LINK_OWNER;
	return strcmp(link->name[LINK_PEER], peer) ? -EINVAL : 0;
}

/* Find vdev number @vdev and its link resource in the copy. */
static int find_entries(struct link_table *t, struct device *dev, unsigned int vdev,
			const char *peer)
{
	t->vdev = table_find(&t->table, RESOURCE_VDEV, vdev);
	t->link = table_find_link(&t->table, vdev, 0);
	if (!t->vdev)
		return dev_err_probe(dev, -EINVAL, "table at %pa has no vdev %u\n",
				     &t->region.start, vdev);
	if (t->link && !names_end(t->link))
		return dev_err_probe(dev, -EINVAL,
				     "table at %pa: names in a link resource do not end\n",
				     &t->region.start);
	if (find_end(t, peer))
		return dev_err_probe(dev, -EINVAL, "table at %pa links %s and %s, not %s\n",
				     &t->region.start, t->link->name[LINK_OWNER],
				     t->link->name[LINK_PEER], peer);
	return 0;
}

int table_map(struct link_table *t, struct device *dev, const struct resource *region,
	      unsigned int vdev, const char *peer)
{
	struct error e = {};
	size_t size = min_t(resource_size_t, resource_size(region), RESOURCE_TABLE_MAX);
	void *copy;

	t->region = *region;
	t->live = devm_memremap(dev, region->start, resource_size(region), MEMREMAP_WC);
	if (IS_ERR(t->live))
		return dev_err_probe(dev, PTR_ERR(t->live), "cannot map the table %pR\n", region);
	copy = devm_kmemdup(dev, t->live, size, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	if (table_read(&t->table, copy, size, peer, &e))
		return dev_err_probe(dev, -EINVAL, "%s\n", e.text);
	return find_entries(t, dev, vdev, peer);
}

/* The same entry where it lies. */
static void *in_place(const struct link_table *t, const void *entry)
{
	return t->live + ((const u8 *)entry - t->table.data);
}

volatile struct resource_vdev *table_live_vdev(const struct link_table *t)
{
	return in_place(t, t->vdev);
}

struct link_resource *table_live_link(const struct link_table *t)
{
	return t->link ? in_place(t, t->link) : NULL;
}

volatile struct link_session *table_session(const struct link_table *t)
{
	struct link_resource *link = table_live_link(t);

	return link ? (void *)link + offsetof(struct link_resource, session) : NULL;
}
