// SPDX-License-Identifier: GPL-2.0-only
/* The memory of a link. See memory.h. */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_reserved_mem.h>

#include "layout.h"
#include "link.h"
#include "memory.h"

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

static int map_region(struct device *dev, const struct resource *region, void **va)
{
	*va = devm_memremap(dev, region->start, resource_size(region), MEMREMAP_WC);
	if (IS_ERR(*va))
		return dev_err_probe(dev, PTR_ERR(*va), "cannot map %pR\n", region);
	return 0;
}

static int map_table(struct peer_link *link)
{
	struct resource region;
	int ret;

	ret = of_property_read_u32(link->dev->of_node, "peerboot,vdev", &link->vdev_index);
	if (ret)
		return dev_err_probe(link->dev, ret, "peerboot,vdev is missing\n");
	ret = find_region(link->dev, "rsc-table", &region);
	if (!ret)
		ret = table_map(&link->table, link->dev, &region, link->vdev_index, link->peer);
	if (ret)
		return ret;
	if (link->table.vdev->id != VIRTIO_ID_RPMSG_DEVICE ||
	    link->table.vdev->num_of_vrings != LINK_VRINGS)
		return dev_err_probe(link->dev, -EINVAL, "vdev %u is no RPMsg with two vrings\n",
				     link->vdev_index);
	link->end = link->table.end;
	link->live = table_live_vdev(&link->table);
	link->session = table_session(&link->table);
	return 0;
}

static int map_session(struct peer_link *link)
{
	struct resource region;
	void *page;
	int ret = find_region(link->dev, "session", &region);

	if (!ret && resource_size(&region) < sizeof(*link->session))
		ret = dev_err_probe(link->dev, -EINVAL, "%pR holds no session\n", &region);
	if (!ret)
		ret = map_region(link->dev, &region, &page);
	if (!ret)
		link->session = page;
	return ret;
}

/* Which end are we? The device tree says so; a table does, too. */
static int find_end(struct peer_link *link)
{
	u32 end = link->end;
	bool told = !of_property_read_u32(link->dev->of_node, "peerboot,end", &end);

	if (end > LINK_PEER || (!told && link->method == LINK_STATIC) ||
	    (link->method != LINK_STATIC && end != link->end))
		return dev_err_probe(link->dev, -EINVAL,
				     "peerboot,end is missing, or the table says otherwise\n");
	link->end = end;
	return 0;
}

int memory_map(struct peer_link *link)
{
	unsigned int i;
	int ret;

	ret = link->method == LINK_STATIC ? map_session(link) : map_table(link);
	if (!ret)
		ret = find_end(link);
	if (!ret)
		ret = find_region(link->dev, "vring0", &link->vring[0].region);
	if (!ret)
		ret = find_region(link->dev, "vring1", &link->vring[1].region);
	if (!ret)
		ret = find_region(link->dev, "buffer", &link->buffers);
	if (!ret)
		ret = layout_find(link);
	for (i = 0; !ret && i < LINK_VRINGS; i++)
		ret = map_region(link->dev, &link->vring[i].region, &link->vring[i].va);
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
		return dev_err_probe(dev, ret, "memory region \"buffer\" is no pool\n");
	return devm_add_action_or_reset(dev, release_pool, dev);
}

int memory_map_pool(struct peer_link *link)
{
	return map_region(link->dev, &link->buffers, &link->pool);
}
