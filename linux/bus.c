// SPDX-License-Identifier: GPL-2.0-only
/* The rpmsg bus of a link: its life, and what the interrupt's thread does. See bus.h. */
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "bus.h"
#include "bus_internal.h"
#include "handshake.h"
#include "link.h"
#include "memory.h"

static void bus_release(struct kref *users)
{
	struct link_bus *bus = container_of(users, struct link_bus, users);

	kvfree(bus->shadow);
	kfree(bus);
}

void bus_put(struct link_bus *bus)
{
	kref_put(&bus->users, bus_release);
}

void bus_wake(struct link_bus *bus)
{
	doorbell_call(&bus->link->doorbell);
}

/* ---- what the library calls back, with the lock held ---- */

static void ring(void *arg)
{
	struct link_bus *bus = arg;

	doorbell_ring(&bus->link->doorbell);
}

static void named(void *arg, const char *name, uint32_t addr, bool created)
{
	struct link_bus *bus = arg;
	struct rpmsg_channel_info *channel = &bus->event.channel;

	bus->event.kind = created ? BUS_CREATED : BUS_DESTROYED;
	strscpy_pad(channel->name, name, sizeof(channel->name));
	channel->src = RPMSG_ADDR_ANY;
	channel->dst = addr;
}

static void set_rings(struct link_bus *bus, struct rpmsg_config *c)
{
	struct peer_link *link = bus->link;
	void *const vring[LINK_VRINGS] = { link->vring[0].va, link->vring[1].va };

	rpmsg_config_layout(c, &link->layout, vring, link->pool);
}

static void lay_out(void *arg)
{
	struct link_bus *bus = arg;

	handshake_lay_out(bus->link);
}

static bool open_table(void *arg, struct rpmsg_link *l)
{
	struct link_bus *bus = arg;
	struct rpmsg_config c = l->config;

	if (!(l->leads ? handshake_fill(bus->link) : handshake_read(bus->link)))
		return false;
	set_rings(bus, &c);
	return !rpmsg_link_set_rings(l, &c);
}

/* ---- receiving ---- */

/* Has the session ended that the announced channels are of? With the lock held. */
static bool session_ended(struct link_bus *bus)
{
	const volatile struct link_session *words = bus->link->session;
	bool ended = bus->session != bus->rpmsg.session;

	if (bus->mismatches != bus->rpmsg.counters.mismatches)
		dev_err(bus->link->dev,
			"%s and Linux do not mean the same layout: %#x, and here %#x\n",
			bus->link->peer, words->layout[!bus->link->end], bus->rpmsg.config.layout);
	bus->mismatches = bus->rpmsg.counters.mismatches;
	bus->session = bus->rpmsg.session;
	if (ended && bus->up) {
		bus->sessions_ended++;
		dev_info(bus->link->dev, "link to %s is down\n", bus->link->peer);
	}
	if (ended && bus->rpmsg.up)
		dev_info(bus->link->dev, "link to %s is up, session %u\n", bus->link->peer,
			 bus->rpmsg.counters.sessions);
	bus->up = bus->rpmsg.up;
	return ended;
}

/* Take one message, or see that the session is another, and work on that; false if neither. */
static bool step(struct link_bus *bus)
{
	struct bus_event event;
	bool taken, ended;

	mutex_lock(&bus->lock);
	bus->event.kind = BUS_NOTHING;
	taken = rpmsg_link_poll(&bus->rpmsg, 1);
	ended = session_ended(bus);
	event = bus->event;
	mutex_unlock(&bus->lock);

	if (wq_has_sleeper(&bus->senders))
		wake_up_interruptible(&bus->senders);
	if (ended)
		bus_remove_channels(bus, false);
	switch (event.kind) {
	case BUS_MESSAGE:
		bus_deliver(bus, &event);
		break;
	case BUS_CREATED:
		bus_channel_announced(bus, &event.channel);
		break;
	case BUS_DESTROYED:
		bus_channel_withdrawn(bus, &event.channel);
		break;
	case BUS_NOTHING:
		break;
	}
	return taken || ended;
}

/*
 * Nothing to do until the next interrupt? A buffer that has come back for somebody who no longer
 * waits is no reason to stay awake: taking it for a moment tells the library so.
 */
static bool may_sleep(struct link_bus *bus)
{
	struct rpmsg_message m;
	bool quiet;

	mutex_lock(&bus->lock);
	quiet = rpmsg_link_may_sleep(&bus->rpmsg);
	if (!quiet && bus->rpmsg.transmit_wanted && !rpmsg_get_buffer(&bus->rpmsg, &m))
		rpmsg_put_back(&bus->rpmsg, &m);
	quiet = quiet && bus->session == bus->rpmsg.session;
	mutex_unlock(&bus->lock);
	return quiet;
}

bool bus_interrupt(struct peer_link *link)
{
	struct link_bus *bus = link->bus;
	bool any = false;

	do {
		while (step(bus))
			any = true;
	} while (!may_sleep(bus));
	return any;
}

/* ---- start and stop ---- */

static int init_library(struct link_bus *bus)
{
	struct peer_link *link = bus->link;
	bool handshake = link->method == LINK_HANDSHAKE;
	struct rpmsg_config c = {
		.role = link->role->role,
		.end = link->end,
		.shadow = bus->shadow,
		.buffer_len = link->layout.buffer_len,
		.vdev = link->live,
		.session = link->session,
		.kick = ring,
		.lay_out = handshake && link->end == LINK_OWNER ? lay_out : NULL,
		.open = handshake ? open_table : NULL,
		.name_service = named,
		.arg = bus,
	};

	if (!handshake)
		set_rings(bus, &c);
	if (rpmsg_link_init(&bus->rpmsg, &c))
		return dev_err_probe(link->dev, -EINVAL, "the link's layout makes no sense\n");
	return 0;
}

static void bus_stop(void *data)
{
	struct peer_link *link = data;
	struct link_bus *bus = link->bus;

	mutex_lock(&bus->channels_lock);
	mutex_lock(&bus->lock);
	bus->dead = true;
	rpmsg_link_stop(&bus->rpmsg);
	mutex_unlock(&bus->lock);
	mutex_unlock(&bus->channels_lock);

	wake_up_interruptible_all(&bus->senders);
	doorbell_listen(&link->doorbell, false);
	bus_remove_channels(bus, true);
	link->bus = NULL;
	bus_put(bus);
}

int bus_start(struct peer_link *link)
{
	struct link_bus *bus;
	int ret;

	if (!link->session)
		return dev_err_probe(link->dev, -EINVAL,
				     "only a master can do with a table without a link resource\n");
	ret = memory_map_pool(link);
	if (ret)
		return ret;
	bus = kzalloc(sizeof(*bus), GFP_KERNEL);
	if (!bus)
		return -ENOMEM;
	kref_init(&bus->users);
	mutex_init(&bus->lock);
	mutex_init(&bus->channels_lock);
	init_waitqueue_head(&bus->senders);
	INIT_LIST_HEAD(&bus->channels);
	bus->link = link;
	bus->shadow = kvcalloc(link->layout.num[0] + link->layout.num[1], sizeof(*bus->shadow),
			       GFP_KERNEL);
	ret = bus->shadow ? init_library(bus) : -ENOMEM;
	if (ret) {
		bus_put(bus);
		return ret;
	}
	link->bus = bus;
	ret = devm_add_action_or_reset(link->dev, bus_stop, link);
	if (ret)
		return ret;

	/* Before the peer can be heard: what it announces may need a driver's control device. */
	ret = bus_add_control(bus);
	if (ret)
		return ret;
	atomic_inc(&link->counters.starts);
	mutex_lock(&bus->lock);
	rpmsg_link_start(&bus->rpmsg);
	mutex_unlock(&bus->lock);
	doorbell_listen(&link->doorbell, true);
	bus_wake(bus);
	return 0;
}

/* ---- for debugfs ---- */

static const char *const states[] = {
	[RPMSG_DOWN] = "down",
	[RPMSG_WAITING] = "waiting",
	[RPMSG_UP] = "up",
	[RPMSG_MISMATCH] = "mismatch",
};

const char *bus_state(struct peer_link *link)
{
	struct link_bus *bus = link->bus;
	enum rpmsg_state state;

	mutex_lock(&bus->lock);
	state = rpmsg_link_state(&bus->rpmsg);
	mutex_unlock(&bus->lock);
	return states[state];
}

void bus_show_counters(struct peer_link *link, struct seq_file *s)
{
	struct link_bus *bus = link->bus;
	struct rpmsg_counters c;

	mutex_lock(&bus->lock);
	c = bus->rpmsg.counters;
	mutex_unlock(&bus->lock);
	seq_printf(s, "sent %u\nreceived %u\nno_endpoint %u\nbad_message %u\nno_buffer %u\n",
		   c.sent, c.received, c.no_endpoint, c.bad_message, c.no_buffer);
	seq_printf(s, "names %u\nmismatches %u\n", c.names, c.mismatches);
	seq_printf(s, "broken %u\nsessions %u\nsessions_ended %u\nkicks %u\n", c.broken, c.sessions,
		   bus->sessions_ended, c.kicks);
	seq_printf(s, "names_refused %u\nnames_unknown %u\n", bus->names_refused,
		   bus->names_unknown);
}
