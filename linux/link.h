/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One RPMsg link, as the loader describes it by a node "peerboot,rpmsg-link"
 * (peerboot,rpmsg-link.yaml): a platform device, this structure its driver data. Everything in it
 * is devres-managed and torn down in reverse order of link_probe().
 */
#ifndef PEERBOOT_LINK_H
#define PEERBOOT_LINK_H

#include <linux/atomic.h>
#include <linux/device.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

#include "doorbell.h"
#include "link_table.h"
#include "shared.h"
#include "trace.h"

#define LINK_VRINGS 2

struct link_vring {
	struct resource region; /* reserved for it, the ring at its start; checked: it fits */
	void *va;		/* that region, write-combined */
};

struct link_counters {
	atomic_t starts; /* DRIVER_OK set */
	atomic_t kicks[LINK_VRINGS];
	atomic_t interrupts;
	/* A master's: */
	atomic_t needs_reset;	/* times that the peer gave the link up */
	atomic_t peer_left;	/* times that it began a new life in a session */
	atomic_t broken;	/* times that it spoilt a ring */
	atomic_t restarts;	/* times that the link was started over because of any of these */
	atomic_t stop_timeouts; /* times that the peer did not acknowledge the link's stop */
	atomic_t mismatches;	/* lives of the peer that meant another layout */
};

struct device_node;
struct link_bus;
struct peer_link;
struct seq_file;
struct virtio_device;

/* How a role is played. */
struct link_role_ops {
	const char *name;
	enum link_role role;
	int (*start)(struct peer_link *link); /* until the device is unbound */
	/* The peer has rung, or may have done something: was there anything? May sleep */
	bool (*interrupt)(struct peer_link *link);
	const char *(*state)(struct peer_link *link);
	void (*show_counters)(struct peer_link *link, struct seq_file *s);
};

#define LINK_METHODS (LINK_STATIC + 1)
extern const char *const link_methods[LINK_METHODS];

struct peer_link {
	struct device *dev;
	const char *peer; /* the other context's name */
	const char *name; /* the peer's, and a number where there is more than one link to it */
	const struct link_role_ops *role;
	enum link_method method;
	enum link_end end; /* which one we are */

	struct link_table table;	       /* not with the static way */
	u32 vdev_index;			       /* in it */
	volatile struct resource_vdev *live;   /* that vdev, in place; NULL: no table */
	volatile struct link_session *session; /* NULL: the peer's firmware knows nothing of us */

	struct link_layout layout; /* handshake: what the device tree and the last session say */
	u32 checksum;		   /* of it; 0: not compared */
	struct link_vring vring[LINK_VRINGS];
	struct resource buffers; /* reserved for them, the layout's at its start */
	struct doorbell doorbell;
	struct link_traces traces;
	struct link_counters counters;

	/* Linux is the master: */
	struct virtio_device *vdev;
	struct mutex vdev_lock; /* that, while it is made and removed */
	u8 status;		/* ours; the peer's NEEDS_RESET is in the table alone */
	u32 features;
	u32 refused;	     /* the peer's life whose layout is not ours; 0: none */
	bool let_go;	     /* and have not begun anything since */
	bool used;	     /* the peer has used the rings since DRIVER_OK */
	bool ending;	     /* the link is being unbound */
	atomic_t restarting; /* asked for, in this life of the link */
	struct delayed_work restart;
	unsigned int restart_ms; /* how long the last one was put off … */
	unsigned long restarted; /* … and when it was done, in jiffies */

	/* Linux is not: */
	struct link_bus *bus;
	void *pool; /* the buffers' region, write-combined */
};

/* The name of a link by its node, "b" or "b-1" where that is called link-b or link-b-1. */
const char *link_node_name(const struct device_node *node);

#endif
