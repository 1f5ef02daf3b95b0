// SPDX-License-Identifier: GPL-2.0-only
/* Channels on the bus of a link: devices that drivers bind to, made by either end. See bus.h. */
#include <linux/slab.h>
#include <linux/string.h>

#include "bus_internal.h"
#include "link.h"

static struct bus_channel *to_channel(struct device *dev)
{
	return container_of(to_rpmsg_device(dev), struct bus_channel, rpdev);
}

static void channel_release(struct device *dev)
{
	struct bus_channel *channel = to_channel(dev);

	bus_put(channel->bus);
	kfree(channel->rpdev.driver_override);
	kfree(channel);
}

static void end_channel(struct lifetime *life)
{
	put_device(life->dev);
}

/* With channels_lock held, as for all that follow. The rule is rpmsg_find_device()'s. */
static struct bus_channel *find(struct link_bus *bus, const struct rpmsg_channel_info *info)
{
	struct bus_channel *c;

	list_for_each_entry(c, &bus->channels, node) {
		if ((info->src == RPMSG_ADDR_ANY || info->src == c->rpdev.src) &&
		    (info->dst == RPMSG_ADDR_ANY || info->dst == c->rpdev.dst) &&
		    !strncmp(info->name, c->rpdev.id.name, sizeof(info->name)))
			return c;
	}
	return NULL;
}

static void remove(struct link_bus *bus, struct bus_channel *channel)
{
	list_del(&channel->node);
	bus->announced -= channel->by_peer;
	device_unregister(&channel->rpdev.dev);
	lifetime_end(&channel->life);
}

static const struct rpmsg_device_ops device_ops;

static struct bus_channel *alloc_channel(struct link_bus *bus)
{
	struct bus_channel *channel = kzalloc(sizeof(*channel), GFP_KERNEL);

	if (!channel)
		return NULL;
	kref_get(&bus->users);
	channel->bus = bus;
	channel->rpdev.ops = &device_ops;
	channel->rpdev.little_endian = true;
	channel->rpdev.dev.parent = bus->link->dev;
	channel->rpdev.dev.release = channel_release;
	return channel;
}

/* It is registered: one reference stays with the list. With channels_lock held. */
static void enlist(struct link_bus *bus, struct bus_channel *channel)
{
	channel->life.dev = get_device(&channel->rpdev.dev);
	channel->life.link = bus->link->dev;
	channel->life.end = end_channel;
	list_add_tail(&channel->node, &bus->channels);
	bus->announced += channel->by_peer;
}

static struct rpmsg_device *add(struct link_bus *bus, const struct rpmsg_channel_info *info,
				bool by_peer)
{
	struct bus_channel *channel;

	if (bus->dead || find(bus, info))
		return NULL;
	channel = alloc_channel(bus);
	if (!channel)
		return NULL;
	channel->by_peer = by_peer;
	channel->any_source = info->src == RPMSG_ADDR_ANY;
	channel->rpdev.src = info->src;
	channel->rpdev.dst = info->dst;
	channel->rpdev.announce = !by_peer && info->src != RPMSG_ADDR_ANY;
	strscpy(channel->rpdev.id.name, info->name, sizeof(channel->rpdev.id.name));
	if (rpmsg_register_device(&channel->rpdev)) /* which has let go of it */
		return NULL;
	enlist(bus, channel);
	return &channel->rpdev;
}

/* ---- struct rpmsg_device_ops ---- */

static struct rpmsg_device *create_channel(struct rpmsg_device *rpdev,
					   struct rpmsg_channel_info *info)
{
	struct link_bus *bus = to_bus(rpdev);
	struct rpmsg_device *created;

	mutex_lock(&bus->channels_lock);
	created = add(bus, info, false);
	mutex_unlock(&bus->channels_lock);
	return created;
}

static int release_channel(struct rpmsg_device *rpdev, struct rpmsg_channel_info *info)
{
	struct link_bus *bus = to_bus(rpdev);
	struct bus_channel *channel;

	mutex_lock(&bus->channels_lock);
	channel = find(bus, info);
	if (channel)
		remove(bus, channel);
	mutex_unlock(&bus->channels_lock);
	return channel ? 0 : -EINVAL;
}

static int announce_create(struct rpmsg_device *rpdev)
{
	if (!rpdev->announce || !rpdev->ept)
		return 0;
	return bus_announce(to_bus(rpdev), rpdev->ept, rpdev->id.name);
}

static int announce_destroy(struct rpmsg_device *rpdev)
{
	if (!rpdev->announce || !rpdev->ept)
		return 0;
	return bus_withdraw(to_bus(rpdev), rpdev->ept);
}

static const struct rpmsg_device_ops device_ops = {
	.create_channel = create_channel,
	.release_channel = release_channel,
	.create_ept = bus_create_ept,
	.announce_create = announce_create,
	.announce_destroy = announce_destroy,
};

/* ---- what the bus itself does ---- */

/* The device of rpmsg_ctrl, through which programs make endpoints and channels. */
int bus_add_control(struct link_bus *bus)
{
	struct bus_channel *channel = alloc_channel(bus);
	int ret;

	if (!channel)
		return -ENOMEM;
	ret = rpmsg_ctrldev_register_device(&channel->rpdev);
	if (ret)
		return ret;
	mutex_lock(&bus->channels_lock);
	enlist(bus, channel);
	mutex_unlock(&bus->channels_lock);
	return 0;
}

void bus_channel_announced(struct link_bus *bus, struct rpmsg_channel_info *info)
{
	struct device *dev = bus->link->dev;
	bool added = false, room, leaving;

	mutex_lock(&bus->channels_lock);
	leaving = bus->dead; /* then it is nobody's fault */
	room = bus->announced < BUS_CHANNELS_MAX;
	if (!leaving) {
		added = room && add(bus, info, true);
		bus->names_refused += !added;
	}
	mutex_unlock(&bus->channels_lock);
	if (added)
		dev_info(dev, "creating channel %s addr %#x\n", info->name, info->dst);
	else if (!leaving)
		dev_warn_ratelimited(dev, "channel %s addr %#x is not taken: %s\n", info->name,
				     info->dst, room ? "it exists, or no memory" : "too many");
}

void bus_channel_withdrawn(struct link_bus *bus, const struct rpmsg_channel_info *info)
{
	struct bus_channel *channel;

	mutex_lock(&bus->channels_lock);
	channel = find(bus, info);
	if (channel && channel->by_peer)
		remove(bus, channel);
	else
		bus->names_unknown++;
	mutex_unlock(&bus->channels_lock);
	if (channel)
		dev_info(bus->link->dev, "destroying channel %s addr %#x\n", info->name, info->dst);
}

void bus_remove_channels(struct link_bus *bus, bool all)
{
	struct bus_channel *c, *next;

	mutex_lock(&bus->channels_lock);
	list_for_each_entry_safe_reverse(c, next, &bus->channels, node)
	{
		if (all || c->by_peer)
			remove(bus, c);
	}
	mutex_unlock(&bus->channels_lock);
}
