// SPDX-License-Identifier: GPL-2.0-only
/* Where a link's layout comes from. See layout.h. */
#include <linux/of.h>

#include "resource_table/vring.h"

#include "layout.h"
#include "link.h"

static bool lies_in(const struct resource *region, const struct link_range *range)
{
	return range->base == region->start && range->size <= resource_size(region);
}

/*
 * A firmware that knows nothing of us says where its vrings are, and leaves buffers to its master.
 */
static bool read_classic(struct link_layout *l, const struct resource_vdev *vdev)
{
	unsigned int i;

	for (i = 0; i < LINK_VRINGS; i++) {
		l->num[i] = vdev->vring[i].num;
		l->align[i] = vdev->vring[i].align;
		l->vring[i].base = vdev->vring[i].da;
		l->vring[i].size = vring_bytes(l->num[i], l->align[i]);
		if (!l->vring[i].size)
			return false;
	}
	return true;
}

/* All of it stands in the table. */
static int of_table(struct peer_link *link)
{
	const struct resource_vdev *vdev = link->table.vdev;
	const struct link_resource *resource = link->table.link;

	if (resource && link_layout_read(&link->layout, vdev, resource))
		link->checksum = link_layout_checksum(&link->layout);
	else if (resource || !read_classic(&link->layout, vdev))
		return dev_err_probe(link->dev, -EINVAL,
				     "vdev %u's vrings or buffers make no sense\n",
				     link->vdev_index);
	return 0;
}

/* Rings of these shapes where the device tree has room for them, and so with the buffers. */
static int in_regions(struct peer_link *link, const u32 num[LINK_VRINGS],
		      const u32 align[LINK_VRINGS])
{
	const char *property = "peerboot,buffers";
	struct link_layout *l = &link->layout;
	u32 buffers[LINK_VRINGS + 1];
	unsigned int i;
	int ret;

	ret = of_property_read_u32_array(link->dev->of_node, property, buffers,
					 ARRAY_SIZE(buffers));
	if (ret)
		return dev_err_probe(link->dev, ret, "%s is missing or short\n", property);
	for (i = 0; i < LINK_VRINGS; i++) {
		u64 bytes = vring_bytes(num[i], align[i]);

		if (!bytes || !buffers[i] || buffers[i] > num[i])
			return dev_err_probe(
				link->dev, -EINVAL,
				"vring%u of %u, align %u, with %u buffers makes no sense\n", i,
				num[i], align[i], buffers[i]);
		l->num[i] = num[i];
		l->align[i] = align[i];
		l->vring[i].base = link->vring[i].region.start;
		l->vring[i].size = ALIGN(bytes, PLACE_PAGE);
		l->buffer_count[i] = buffers[i];
	}
	l->buffer_len = buffers[LINK_VRINGS];
	l->buffers.base = link->buffers.start;
	l->buffers.size = resource_size(&link->buffers);
	if (((u64)buffers[0] + buffers[1]) * l->buffer_len > l->buffers.size)
		return dev_err_probe(link->dev, -EINVAL, "%u + %u buffers of %u bytes in %pR\n",
				     buffers[0], buffers[1], l->buffer_len, &link->buffers);
	return 0;
}

static int of_shape_in_table(struct peer_link *link)
{
	const struct resource_vring *vring = link->table.vdev->vring;
	const u32 num[] = { vring[0].num, vring[1].num };
	const u32 align[] = { vring[0].align, vring[1].align };

	if (!link->table.link)
		return dev_err_probe(link->dev, -EINVAL,
				     "no handshake by a table without a link resource\n");
	return in_regions(link, num, align);
}

static int of_tree(struct peer_link *link)
{
	const char *property = "peerboot,vrings";
	u32 shape[2];
	int ret;

	ret = of_property_read_u32_array(link->dev->of_node, property, shape, ARRAY_SIZE(shape));
	if (ret)
		return dev_err_probe(link->dev, ret, "%s is missing or short\n", property);
	ret = in_regions(link, (const u32[]){ shape[0], shape[0] },
			 (const u32[]){ shape[1], shape[1] });
	if (!ret)
		link->checksum = link_layout_checksum(&link->layout);
	return ret;
}

static int (*const sources[LINK_METHODS])(struct peer_link *link) = {
	[LINK_PRESET] = of_table,
	[LINK_HANDSHAKE] = of_shape_in_table,
	[LINK_STATIC] = of_tree,
};

int layout_find(struct peer_link *link)
{
	const struct link_layout *l = &link->layout;
	unsigned int i;
	int ret = sources[link->method](link);

	if (ret)
		return ret;
	for (i = 0; i < LINK_VRINGS; i++)
		if (!lies_in(&link->vring[i].region, &l->vring[i]))
			return dev_err_probe(link->dev, -EINVAL,
					     "vring%u (%#llx, %#llx bytes) is not in %pR\n", i,
					     l->vring[i].base, l->vring[i].size,
					     &link->vring[i].region);
	if (l->buffers.size && !lies_in(&link->buffers, &l->buffers))
		return dev_err_probe(link->dev, -EINVAL,
				     "the buffers (%#llx, %#llx bytes) are not in %pR\n",
				     l->buffers.base, l->buffers.size, &link->buffers);
	return 0;
}
