// SPDX-License-Identifier: GPL-2.0-only
/*
 * Links that the peerboot loader has set up, from their nodes in the device tree: the platform
 * driver. The binding is in peerboot,rpmsg-link.yaml.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_device.h>
#include <linux/of_reserved_mem.h>
#include <linux/platform_device.h>
#include <linux/virtio_ring.h>

#include "debugfs.h"
#include "link.h"
#include "vdev.h"

/* How each role is played. One without a start is known, but not played by this driver. */
static const struct link_role_ops {
	const char *name;
	enum link_role role;
	int (*start)(struct peer_link *link);
} link_roles[] = {
	{ "master", LINK_MASTER, vdev_register },
	{ "remote", LINK_REMOTE, NULL },
	{ "symmetric", LINK_SYMMETRIC, NULL },
};

static const struct link_role_ops *find_role(struct device *dev)
{
	const char *name;
	unsigned int i;

	if (!of_property_read_string(dev->of_node, "peerboot,role", &name))
		for (i = 0; i < ARRAY_SIZE(link_roles); i++)
			if (!strcmp(link_roles[i].name, name))
				return &link_roles[i];
	dev_err(dev, "peerboot,role is missing or unknown\n");
	return NULL;
}

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

static int map_vring(struct peer_link *link, unsigned int index)
{
	const struct resource_vring *entry = &table_vdev(&link->table)->vring[index];
	struct link_vring *vring = &link->vring[index];
	const char name[] = { 'v', 'r', 'i', 'n', 'g', (char)('0' + index), '\0' };
	size_t room;
	int ret;

	ret = find_region(link->dev, name, &vring->region);
	if (ret)
		return ret;
	room = resource_size(&vring->region);
	/* No ring has more buffers than bytes, so with this vring_size() cannot overflow. */
	if (!is_power_of_2(entry->num) || !is_power_of_2(entry->align) || entry->num > 32768 ||
	    entry->align > room || entry->da != vring->region.start ||
	    vring_size(entry->num, entry->align) > room)
		return dev_err_probe(link->dev, -EINVAL,
				     "table's %s (%#x, %u buffers, align %u) is not in %pR\n", name,
				     entry->da, entry->num, entry->align, &vring->region);
	vring->num = entry->num;
	vring->align = entry->align;
	vring->va = devm_memremap(link->dev, vring->region.start, room, MEMREMAP_WC);
	return PTR_ERR_OR_ZERO(vring->va);
}

static void release_pool(void *dev)
{
	of_reserved_mem_device_release(dev);
}

/* From here on dma_alloc_coherent() of this device takes from the link's own buffer pool. */
static int take_pool(struct device *dev)
{
	int ret = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32));

	if (ret)
		return ret;
	ret = of_reserved_mem_device_init_by_name(dev, dev->of_node, "buffer");
	if (ret)
		return dev_err_probe(dev, ret, "no memory region \"buffer\"\n");
	return devm_add_action_or_reset(dev, release_pool, dev);
}

static int map_memory(struct peer_link *link)
{
	const struct resource_vdev *vdev;
	struct resource region;
	unsigned int i;
	int ret;

	ret = find_region(link->dev, "rsc-table", &region);
	if (!ret)
		ret = table_map(&link->table, link->dev, &region, link->vdev_index, link->peer);
	if (ret)
		return ret;

	vdev = table_vdev(&link->table);
	if (vdev->id != VIRTIO_ID_RPMSG_DEVICE || vdev->num_of_vrings != LINK_VRINGS)
		return dev_err_probe(link->dev, -EINVAL, "vdev %u (id %u, %u vrings) is no RPMsg\n",
				     link->vdev_index, vdev->id, vdev->num_of_vrings);
	for (i = 0; !ret && i < LINK_VRINGS; i++)
		ret = map_vring(link, i);
	if (!ret)
		ret = trace_map(link);
	return ret ? ret : take_pool(link->dev);
}

static int link_probe(struct platform_device *pdev)
{
	const struct link_role_ops *role = find_role(&pdev->dev);
	const struct device_node *node = pdev->dev.of_node;
	struct device *dev = &pdev->dev;
	struct peer_link *link;
	int ret;

	if (!role)
		return -EINVAL;
	if (!role->start) {
		dev_err(dev, "this driver does not play the role \"%s\" yet\n", role->name);
		return -EOPNOTSUPP;
	}
	link = devm_kzalloc(dev, sizeof(*link), GFP_KERNEL);
	if (!link)
		return -ENOMEM;
	link->dev = dev;
	link->role = role->role;
	link->role_name = role->name;
	platform_set_drvdata(pdev, link);
	if (of_property_read_string(node, "peerboot,peer", &link->peer) ||
	    of_property_read_u32(node, "peerboot,vdev", &link->vdev_index))
		return dev_err_probe(dev, -EINVAL, "peerboot,peer or peerboot,vdev is missing\n");

	ret = map_memory(link);
	if (!ret)
		ret = doorbell_init(link);
	if (!ret)
		ret = debugfs_add_link(link);
	return ret ? ret : role->start(link);
}

static const struct of_device_id link_match[] = { { .compatible = "peerboot,rpmsg-link" }, {} };
MODULE_DEVICE_TABLE(of, link_match);

static struct platform_driver link_driver = {
	.probe = link_probe,
	.driver = {
		.name = "peerboot-link",
		.of_match_table = link_match,
	},
};

static int __init link_init(void)
{
	int ret;

	debugfs_create(link_match);
	ret = platform_driver_register(&link_driver);
	if (ret)
		debugfs_destroy();
	return ret;
}
module_init(link_init);

static void __exit link_exit(void)
{
	platform_driver_unregister(&link_driver);
	debugfs_destroy();
}
module_exit(link_exit);

MODULE_DESCRIPTION("RPMsg links to peers started by the peerboot loader");
MODULE_LICENSE("GPL");
