// SPDX-License-Identifier: GPL-2.0-only
/* Stock drivers on our channels. See stock.h. */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/of.h>
#include <linux/rpmsg.h>
#include <linux/slab.h>

#include "compat.h"
#include "lifetime.h"
#include "stock.h"

/* A device file of a driver that is unbound, and what the file's users may still get at. */
struct stock_file {
	struct lifetime life; /* of the file's device */
	struct device *channel;
	struct rpmsg_endpoint *ept; /* NULL: the driver has none */
	struct module *driver, *bus;
};

struct unbinding {
	struct device *link;
	struct rpmsg_device *rpdev;
	struct rpmsg_driver *driver;
	struct module *bus;
};

static struct bus_type *watched;

/* ---- what a control file does to a channel that has gone ---- */

static struct rpmsg_device *create_nothing(struct rpmsg_device *rpdev,
					   struct rpmsg_channel_info *info)
{
	return NULL;
}

static int release_nothing(struct rpmsg_device *rpdev, struct rpmsg_channel_info *info)
{
	return -ENODEV;
}

static struct rpmsg_endpoint *no_ept(struct rpmsg_device *rpdev, rpmsg_rx_cb_t cb, void *priv,
				     struct rpmsg_channel_info info)
{
	return NULL;
}

static const struct rpmsg_device_ops gone_ops = {
	.create_channel = create_nothing,
	.release_channel = release_nothing,
	.create_ept = no_ept,
};

/* ---- files ---- */

/* Both buses allocate an endpoint as one piece that starts with it. */
static void free_ept(struct kref *refcount)
{
	kfree(container_of(refcount, struct rpmsg_endpoint, refcount));
}

static void end_file(struct lifetime *life)
{
	struct stock_file *file = container_of(life, struct stock_file, life);

	put_device(life->dev);
	if (file->ept)
		kref_put(&file->ept->refcount, free_ept);
	put_device(file->channel);
	module_put(file->driver);
	module_put(file->bus);
	kfree(file);
}

/* A module that is about to leave has no open files, and its text is not ours to keep. */
static bool keep_modules(struct stock_file *file, const struct unbinding *u)
{
	struct module *driver = u->driver->drv.owner;
	struct module *bus = u->bus == THIS_MODULE ? NULL : u->bus;

	if (!try_module_get(driver))
		return false;
	if (!try_module_get(bus)) {
		module_put(driver);
		return false;
	}
	file->driver = driver;
	file->bus = bus;
	return true;
}

static int keep_file(struct device *dev, void *data)
{
	const struct unbinding *u = data;
	struct stock_file *file;

	if (!dev->devt)
		return 0;
	file = kzalloc(sizeof(*file), GFP_KERNEL);
	if (!file)
		return 0; /* then it is as it would be without us */
	if (!keep_modules(file, u)) {
		kfree(file);
		return 0;
	}
	file->life.dev = get_device(dev);
	file->life.link = u->link;
	file->life.file = true;
	file->life.end = end_file;
	file->channel = get_device(&u->rpdev->dev);
	if (u->driver->callback) {
		file->ept = u->rpdev->ept;
		kref_get(&file->ept->refcount);
	}
	lifetime_end(&file->life);
	return 0;
}

/* ---- drivers ---- */

static void silence(struct rpmsg_endpoint *ept)
{
	mutex_lock(&ept->cb_lock);
	ept->cb = NULL;
	mutex_unlock(&ept->cb_lock);
}

static void unbind(struct unbinding *u)
{
	static const char *const untidy[] = { "rpmsg_chrdev", "rpmsg_tty" };
	const char *name = u->driver->drv.name;

	if (u->driver->callback && match_string(untidy, ARRAY_SIZE(untidy), name) >= 0)
		silence(u->rpdev->ept);
	device_for_each_child(&u->rpdev->dev, u, keep_file);
}

/* The link's device that @dev is a channel of, on whichever bus; NULL: none. */
static bool find_link(struct device *dev, struct unbinding *u)
{
	struct device *parent = dev->parent, *link;

	for (link = parent; link; link = link->parent)
		if (link->of_node && of_device_is_compatible(link->of_node, "peerboot,rpmsg-link"))
			break;
	if (!link)
		return false;
	u->link = link;
	u->rpdev = container_of(dev, struct rpmsg_device, dev);
	u->bus = parent->driver ? parent->driver->owner : NULL;
	return true;
}

static int notify(struct notifier_block *block, unsigned long event, void *data)
{
	struct device *dev = data;
	struct unbinding u;

	if ((event != BUS_NOTIFY_UNBIND_DRIVER && event != BUS_NOTIFY_DEL_DEVICE) ||
	    !find_link(dev, &u))
		return NOTIFY_DONE;
	if (event == BUS_NOTIFY_DEL_DEVICE) {
		/*
		 * A control file's. What is announced is not, and its peer has to hear of its end.
		 */
		if (u.rpdev->driver_override && !u.rpdev->announce)
			WRITE_ONCE(u.rpdev->ops, &gone_ops);
		return NOTIFY_OK;
	}
	u.driver = container_of(dev->driver, struct rpmsg_driver, drv);
	unbind(&u);
	return NOTIFY_OK;
}

static struct notifier_block block = { .notifier_call = notify };

int stock_watch(const struct bus_type *rpmsg)
{
	watched = (struct bus_type *)rpmsg; /* const to 6.12 alone */
	return bus_register_notifier(watched, &block);
}

void stock_unwatch(void)
{
	bus_unregister_notifier(watched, &block);
}
