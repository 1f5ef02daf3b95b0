// SPDX-License-Identifier: GPL-2.0-only
/*
 * Links that the peerboot loader has set up, from their nodes in the device tree: the platform
 * driver. The binding is in peerboot,rpmsg-link.yaml.
 */
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_device.h>
#include <linux/platform_device.h>

#include "bus.h"
#include "client.h"
#include "debugfs.h"
#include "life.h"
#include "lifetime.h"
#include "link.h"
#include "memory.h"
#include "slots.h"
#include "stock.h"
#include "vdev.h"

static const struct link_role_ops link_roles[] = {
	{
		.name = "master",
		.role = LINK_MASTER,
		.start = vdev_register,
		.interrupt = vdev_interrupt,
		.state = vdev_state,
		.show_counters = vdev_show_counters,
	},
	{
		.name = "remote",
		.role = LINK_REMOTE,
		.start = bus_start,
		.interrupt = bus_interrupt,
		.state = bus_state,
		.show_counters = bus_show_counters,
	},
	{
		.name = "symmetric",
		.role = LINK_SYMMETRIC,
		.start = bus_start,
		.interrupt = bus_interrupt,
		.state = bus_state,
		.show_counters = bus_show_counters,
	},
};

const char *const link_methods[LINK_METHODS] = {
	[LINK_PRESET] = "preset",
	[LINK_HANDSHAKE] = "handshake",
	[LINK_STATIC] = "static",
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

static int find_method(struct peer_link *link)
{
	const char *name = link_methods[LINK_PRESET];
	int method;

	of_property_read_string(link->dev->of_node, "peerboot,method", &name);
	method = match_string(link_methods, LINK_METHODS, name);
	if (method < 0)
		return dev_err_probe(link->dev, method, "peerboot,method \"%s\" is unknown\n",
				     name);
	link->method = method;
	return 0;
}

const char *link_node_name(const struct device_node *node)
{
	const char *name = kbasename(node->full_name);

	return strstarts(name, "link-") ? name + strlen("link-") : name;
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
	link = devm_kzalloc(dev, sizeof(*link), GFP_KERNEL);
	if (!link)
		return -ENOMEM;
	link->dev = dev;
	link->role = role;
	platform_set_drvdata(pdev, link);
	link->name = link_node_name(node);
	if (of_property_read_string(node, "peerboot,peer", &link->peer))
		return dev_err_probe(dev, -EINVAL, "peerboot,peer is missing\n");

	ret = find_method(link);
	if (!ret)
		ret = memory_map(link);
	if (!ret)
		ret = trace_map(link);
	if (!ret)
		ret = doorbell_init(link);
	if (!ret)
		ret = role->start(link);
	/* Last, so that it goes first: who reads there finds all else. */
	return ret ? ret : debugfs_add_link(link);
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
	int ret = client_register();

	if (ret)
		return ret;
	ret = stock_watch(client_bus());
	if (ret)
		goto no_watch;
	debugfs_create(link_match);
	slots_create();
	ret = IS_ENABLED(CONFIG_REMOTEPROC) ? life_register() : 0;
	if (ret)
		goto no_life;
	ret = platform_driver_register(&link_driver);
	if (!ret)
		return 0;
	if (IS_ENABLED(CONFIG_REMOTEPROC))
		life_unregister();
no_life:
	slots_destroy();
	debugfs_destroy();
	stock_unwatch();
no_watch:
	client_unregister();
	return ret;
}
module_init(link_init);

static void __exit link_exit(void)
{
	platform_driver_unregister(&link_driver);
	if (IS_ENABLED(CONFIG_REMOTEPROC))
		life_unregister();
	slots_destroy();
	debugfs_destroy();
	stock_unwatch();
	client_unregister();
	lifetime_wait();
}
module_exit(link_exit);

MODULE_DESCRIPTION("RPMsg links to peers started by the peerboot loader");
MODULE_VERSION(PEERBOOT_VERSION);
MODULE_LICENSE("GPL");
