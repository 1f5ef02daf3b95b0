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

#include "doorbell.h"
#include "shared.h"
#include "table.h"
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
	atomic_t needs_reset;	/* times that the peer gave the link up */
	atomic_t stop_timeouts; /* times that the peer did not acknowledge the link's stop */
};

struct link_bus;
struct peer_link;
struct seq_file;
struct virtio_device;

/* How a role is played. */
struct link_role_ops {
	const char *name;
	enum link_role role;
	int (*start)(struct peer_link *link);	   /* until the device is unbound */
	void (*interrupt)(struct peer_link *link); /* the peer has rung; may sleep */
	const char *(*state)(struct peer_link *link);
	void (*show_counters)(struct peer_link *link, struct seq_file *s); /* NULL: has none */
};

struct peer_link {
	struct device *dev;
	const char *peer; /* the other context's name */
	const char *name; /* the peer's, and a number where there is more than one link to it */
	const struct link_role_ops *role;
	u32 vdev_index;
	struct link_table table;
	struct link_layout layout;
	struct link_vring vring[LINK_VRINGS];
	struct doorbell doorbell;
	struct link_traces traces;
	struct link_counters counters;

	/* Linux is the master: */
	struct virtio_device *vdev;
	u8 status;	  /* ours; the peer's NEEDS_RESET is in the table alone */
	atomic_t gave_up; /* the peer did, in this life of the link */

	/* Linux is not: */
	struct link_bus *bus;
	void *pool; /* layout.buffers, write-combined */
};

#endif
