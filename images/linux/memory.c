// SPDX-License-Identifier: GPL-2.0-only
/* The memory of a link. See memory.h. */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_reserved_mem.h>

#include "resource_table/vring.h"

#include "link.h"
#include "memory.h"

static const char *const vring_name[LINK_VRINGS] = { "vring0", "vring1" };

/* The reserved region that memory-region-names calls @name. */
static int find_region(struct device *dev, const char *name, struct resource *region)
{
	int index = of_property_match_string(dev->of_node, "memory-region-names", name);
	struct device_node *node;
	int ret = -ENOENT;

	node = index < 0 ? NULL : of_parse_phandle(dev->of_node, "memory-region", index);
	if (node)
		ret = of_address_to_resource(node, 0, region);
	of_node_put(node);
	return ret ? dev_err_probe(dev, ret, "no memory region \"%s\"\n", name) : 0;
}

static bool lies_in(const struct resource *region, const struct link_range *range)
{
	return range->base >= region->start && range->size <= resource_size(region) &&
	       range->base - region->start <= resource_size(region) - range->size;
}

/* A firmware that knows nothing of us says where its vrings are, and leaves buffers to its master. */
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

static int read_layout(struct peer_link *link)
{
	const struct resource_vdev *vdev = table_vdev(&link->table);
	const struct link_resource *resource = table_link(&link->table);
	bool good;

	if (vdev->id != VIRTIO_ID_RPMSG_DEVICE || vdev->num_of_vrings != LINK_VRINGS)
		return dev_err_probe(link->dev, -EINVAL, "vdev %u (id %u, %u vrings) is no RPMsg\n",
				     link->vdev_index, vdev->id, vdev->num_of_vrings);
	good = resource ? link_layout_read(&link->layout, vdev, resource) :
			  read_classic(&link->layout, vdev);
	if (!good)
		return dev_err_probe(link->dev, -EINVAL,
				     "vdev %u's vrings or buffers make no sense\n",
				     link->vdev_index);
	return 0;
}

static int map_vring(struct peer_link *link, unsigned int i)
{
	const struct link_range *range = &link->layout.vring[i];
	struct link_vring *vring = &link->vring[i];
	int ret = find_region(link->dev, vring_name[i], &vring->region);

	if (ret)
		return ret;
	if (range->base != vring->region.start || !lies_in(&vring->region, range))
		return dev_err_probe(link->dev, -EINVAL,
				     "table's %s (%#llx, %#llx bytes) is not in %pR\n",
				     vring_name[i], range->base, range->size, &vring->region);
	vring->va = devm_memremap(link->dev, vring->region.start, resource_size(&vring->region),
				  MEMREMAP_WC);
	return PTR_ERR_OR_ZERO(vring->va);
}

int memory_map(struct peer_link *link)
{
	struct resource region;
	unsigned int i;
	int ret;

	ret = find_region(link->dev, "rsc-table", &region);
	if (!ret)
		ret = table_map(&link->table, link->dev, &region, link->vdev_index, link->peer);
	if (!ret)
		ret = read_layout(link);
	for (i = 0; !ret && i < LINK_VRINGS; i++)
		ret = map_vring(link, i);
	return ret;
}

static void release_pool(void *dev)
{
	of_reserved_mem_device_release(dev);
}

int memory_take_pool(struct peer_link *link)
{
	struct device *dev = link->dev;
	int ret = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32));

	if (ret)
		return ret;
	ret = of_reserved_mem_device_init_by_name(dev, dev->of_node, "buffer");
	if (ret)
		return dev_err_probe(dev, ret, "no memory region \"buffer\"\n");
	return devm_add_action_or_reset(dev, release_pool, dev);
}

int memory_map_pool(struct peer_link *link)
{
	const struct link_range *range = &link->layout.buffers;
	struct resource region;
	int ret = find_region(link->dev, "buffer", &region);

	if (ret)
		return ret;
	if (!range->size || !lies_in(&region, range))
		return dev_err_probe(link->dev, -EINVAL,
				     "the buffers (%#llx, %#llx bytes) are not in %pR\n",
				     range->base, range->size, &region);
	link->pool = devm_memremap(link->dev, range->base, range->size, MEMREMAP_WC);
	return PTR_ERR_OR_ZERO(link->pool);
}
