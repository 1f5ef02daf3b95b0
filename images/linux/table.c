// SPDX-License-Identifier: GPL-2.0-only
/* The resource table of a link: map, copy, check, find. See table.h. */
#include <linux/io.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "table.h"

/* Bytes that must be there before an entry's fields are read, by type. */
static const size_t entry_size[] = {
	[RESOURCE_CARVEOUT] = sizeof(struct resource_carveout),
	[RESOURCE_DEVMEM] = sizeof(struct resource_carveout),
	[RESOURCE_TRACE] = sizeof(struct resource_trace),
	[RESOURCE_VDEV] = sizeof(struct resource_vdev),
};

#define VDEV_VRINGS 2

static u32 entry_type(const void *entry)
{
	return *(const u32 *)entry;
}

static const char *check_vdev(const struct resource_vdev *vdev, size_t left)
{
	if (vdev->num_of_vrings > VDEV_VRINGS)
		return "a vdev has more than two vrings";
	if (vdev->reserved[0] || vdev->reserved[1])
		return "a vdev's reserved bytes are not zero";
	left -= struct_size(vdev, vring, vdev->num_of_vrings);
	if (vdev->config_len > left)
		return "a vdev's config space is cut off";
	return NULL;
}

bool table_is_link(const void *entry, size_t left)
{
	const struct link_resource *link = entry;

	return entry_type(entry) == RESOURCE_LINK && left >= sizeof(*link) &&
	       link->magic == LINK_MAGIC;
}

static const char *check_entry(const void *entry, size_t left)
{
	const struct link_resource *link = entry;
	u32 type = entry_type(entry);

	if (type < ARRAY_SIZE(entry_size) && left < entry_size[type])
		return "an entry is cut off";
	if (type == RESOURCE_VDEV) {
		const struct resource_vdev *vdev = entry;

		if (left <
		    struct_size(vdev, vring, min_t(size_t, vdev->num_of_vrings, VDEV_VRINGS)))
			return "a vdev's vrings are cut off";
		return check_vdev(vdev, left);
	}
	if (table_is_link(entry, left)) {
		if (link->version != LINK_VERSION || link->length < sizeof(*link))
			return "the link resource is of another version";
		if (strnlen(link->name[0], sizeof(link->name[0])) == sizeof(link->name[0]) ||
		    strnlen(link->name[1], sizeof(link->name[1])) == sizeof(link->name[1]))
			return "the link resource's names do not end";
	}
	return NULL;
}

const char *table_check(const void *data, size_t size)
{
	const struct resource_table *head = data;
	size_t first;
	u32 i;

	if (size < sizeof(*head))
		return "its header is cut off";
	if (head->ver != RESOURCE_TABLE_VERSION)
		return "it is of another version";
	if (head->reserved[0] || head->reserved[1])
		return "its reserved words are not zero";
	if (head->num > RESOURCE_ENTRIES_MAX)
		return "it has too many entries";
	first = struct_size(head, offset, head->num);
	if (first > size)
		return "its offsets are cut off";
	for (i = 0; i < head->num; i++) {
		u32 offset = head->offset[i];
		const char *reason;

		if (offset < first || offset % sizeof(u32))
			return "an entry's offset is wrong";
		if (offset > size - sizeof(u32))
			return "an entry lies outside";
		reason = check_entry(data + offset, size - offset);
		if (reason)
			return reason;
	}
	return NULL;
}

const void *table_entry(const void *data, unsigned int index)
{
	const struct resource_table *head = data;

	return index < head->num ? data + head->offset[index] : NULL;
}

static int find_entries(struct link_table *t, unsigned int vdev)
{
	const struct link_resource *link;
	unsigned int vdevs = 0;
	const void *entry;
	unsigned int i;

	for (i = 0; (entry = table_entry(t->copy, i)); i++) {
		u32 offset = entry - t->copy;

		if (entry_type(entry) == RESOURCE_VDEV && vdevs++ == vdev)
			t->vdev_offset = offset;
		link = entry;
		if (!t->link_offset && table_is_link(entry, t->size - offset) && link->vdev == vdev)
			t->link_offset = offset;
	}
	return t->vdev_offset ? 0 : -EINVAL;
}

/* A firmware built without knowing of us has no link resource; then the table is its own. */
static int find_end(struct link_table *t, const char *peer)
{
	const struct link_resource *link = table_link(t);

	t->end = LINK_PEER;
	if (!link || !strcmp(link->name[LINK_OWNER], peer))
		return 0;
	t->end = LINK_OWNER;
	return strcmp(link->name[LINK_PEER], peer) ? -EINVAL : 0;
}

int table_map(struct link_table *t, struct device *dev, const struct resource *region,
	      unsigned int vdev, const char *peer)
{
	const struct link_resource *link;
	const char *reason;
	void *copy;

	t->region = *region;
	t->size = min_t(resource_size_t, resource_size(region), RESOURCE_TABLE_MAX);
	t->live = devm_memremap(dev, region->start, resource_size(region), MEMREMAP_WC);
	if (IS_ERR(t->live))
		return dev_err_probe(dev, PTR_ERR(t->live), "cannot map the table %pR\n", region);
	copy = devm_kmemdup(dev, t->live, t->size, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	t->copy = copy;

	reason = table_check(t->copy, t->size);
	if (reason)
		return dev_err_probe(dev, -EINVAL, "table at %pa: %s\n", &region->start, reason);
	if (find_entries(t, vdev))
		return dev_err_probe(dev, -EINVAL, "table at %pa has no vdev %u\n", &region->start,
				     vdev);
	if (find_end(t, peer)) {
		link = table_link(t);
		return dev_err_probe(dev, -EINVAL, "table at %pa links %s and %s, not %s\n",
				     &region->start, link->name[LINK_OWNER], link->name[LINK_PEER],
				     peer);
	}
	return 0;
}

const struct resource_vdev *table_vdev(const struct link_table *t)
{
	return t->copy + t->vdev_offset;
}

const struct link_resource *table_link(const struct link_table *t)
{
	return t->link_offset ? t->copy + t->link_offset : NULL;
}

volatile struct resource_vdev *table_live_vdev(const struct link_table *t)
{
	return t->live + t->vdev_offset;
}

struct link_resource *table_live_link(const struct link_table *t)
{
	return t->link_offset ? t->live + t->link_offset : NULL;
}

volatile struct link_session *table_session(const struct link_table *t)
{
	return t->link_offset ? t->live + t->link_offset + offsetof(struct link_resource, session) :
				NULL;
}
