// SPDX-License-Identifier: GPL-2.0-only
/*
 * For a test: somebody else who refers to every rpmsg device that goes, and lets go of it a little
 * later, from a worker. Anybody in the kernel may, who looks a device up.
 */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/rpmsg.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define HOLD_MS 500

struct hold {
	struct delayed_work work;
	struct device *dev;
};

static void let_go(struct work_struct *work)
{
	struct hold *hold = container_of(work, struct hold, work.work);

	put_device(hold->dev);
	kfree(hold);
}

static int notify(struct notifier_block *block, unsigned long event, void *dev)
{
	struct hold *hold;

	if (event != BUS_NOTIFY_DEL_DEVICE)
		return NOTIFY_DONE;
	hold = kzalloc(sizeof(*hold), GFP_KERNEL);
	if (!hold)
		return NOTIFY_DONE;
	hold->dev = get_device(dev);
	INIT_DELAYED_WORK(&hold->work, let_go);
	schedule_delayed_work(&hold->work, msecs_to_jiffies(HOLD_MS));
	return NOTIFY_OK;
}

static struct notifier_block block = { .notifier_call = notify };

static int probe(struct rpmsg_device *rpdev)
{
	return -ENODEV;
}

static const struct rpmsg_device_id ids[] = { { .name = "nobody's" }, {} };

/* It binds to nothing, and knows the bus. */
static struct rpmsg_driver driver = { .probe = probe, .id_table = ids, .drv.name = "holder" };

static int __init holder_init(void)
{
	int ret = register_rpmsg_driver(&driver);

	return ret ? ret : bus_register_notifier((struct bus_type *)driver.drv.bus, &block);
}
module_init(holder_init);

MODULE_DESCRIPTION("Refers to rpmsg devices that go, for a test of peerboot");
MODULE_LICENSE("GPL");
