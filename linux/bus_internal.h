/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between the files of the bus. The library's names (struct rpmsg_link, rpmsg_ept, rpmsg_message)
 * and the kernel's (struct rpmsg_device, rpmsg_endpoint) live side by side here; what both would
 * define are the virtqueues, so linux/virtio*.h must stay away.
 *
 * Locks, outer to inner: channels_lock, a driver's own locks, an endpoint's cb_lock, lock.
 */
#ifndef PEERBOOT_BUS_INTERNAL_H
#define PEERBOOT_BUS_INTERNAL_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/wait.h>

#include "shared.h"
#include "rpmsg/rpmsg.h"

#include "compat.h"
#include "lifetime.h"

#define BUS_CHANNELS_MAX 64 /* that a peer may have announced at a time */

/* What one look at the receive ring has brought. */
struct bus_event {
	enum {
		BUS_NOTHING,
		BUS_MESSAGE,
		BUS_CREATED,
		BUS_DESTROYED
	} kind;
	struct bus_endpoint *to; /* of a message; a reference that belongs to the event */
	struct rpmsg_message message;
	struct rpmsg_channel_info channel; /* of an announcement: src is any */
};

struct link_bus {
	struct kref users; /* the link and every channel */
	struct peer_link *link;

	struct mutex lock; /* the library's calls, and what follows */
	struct rpmsg_link rpmsg;
	u16 *shadow;
	struct bus_event event;
	bool dead; /* the link is being unbound: written with both locks held */
	wait_queue_head_t senders;

	struct mutex channels_lock; /* the list, and that no two take the same channel off it */
	struct list_head channels;
	unsigned int announced; /* how many of them are the peer's */

	u32 session;	/* the interrupt thread's: of which the announced channels are */
	u32 mismatches; /* that have been reported */
	bool up;

	unsigned int names_refused; /* announcements: too many, twice, or no memory */
	unsigned int names_unknown; /* withdrawals of what there is not */
	unsigned int sessions_ended;
};

/* A device on the rpmsg bus: a channel, or the one behind /dev/rpmsg_ctrlN. */
struct bus_channel {
	struct rpmsg_device rpdev;
	struct lifetime life;
	struct link_bus *bus;
	struct list_head node;
	bool by_peer;	 /* announced by it, so it ends with the session */
	bool any_source; /* its own address is whichever is free */
};

struct bus_endpoint {
	struct rpmsg_endpoint ept; /* first: see stock.c */
	struct rpmsg_ept lib;
};

static inline struct link_bus *to_bus(struct rpmsg_device *rpdev)
{
	return container_of(rpdev, struct bus_channel, rpdev)->bus;
}

void bus_put(struct link_bus *bus);
/* Have the interrupt's thread look at everything. Any context. */
void bus_wake(struct link_bus *bus);

/* bus_endpoint.c: the operations behind struct rpmsg_endpoint_ops. */
struct rpmsg_endpoint *bus_create_ept(struct rpmsg_device *rpdev, rpmsg_rx_cb_t cb, void *priv,
				      struct rpmsg_channel_info chinfo);
void bus_deliver(struct link_bus *bus, const struct bus_event *event);
int bus_announce(struct link_bus *bus, struct rpmsg_endpoint *ept, const char *name);
int bus_withdraw(struct link_bus *bus, struct rpmsg_endpoint *ept);

/* bus_channel.c */
int bus_add_control(struct link_bus *bus);
void bus_channel_announced(struct link_bus *bus, struct rpmsg_channel_info *channel);
void bus_channel_withdrawn(struct link_bus *bus, const struct rpmsg_channel_info *channel);
/* All of the peer's, or just all. */
void bus_remove_channels(struct link_bus *bus, bool all);

#endif
