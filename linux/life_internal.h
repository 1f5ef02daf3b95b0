/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the parts of life.h. */
#ifndef PEERBOOT_LIFE_INTERNAL_H
#define PEERBOOT_LIFE_INTERNAL_H

#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/remoteproc.h>
#include <linux/workqueue.h>

#include "life.h"

struct life;

/* How a context is stopped and started. All answer as the monitor does (monitor/life.h). */
struct life_ops {
	int (*state)(const struct life *life); /* enum life_state, or why not */
	int (*stop)(struct life *life);	       /* begins to: the state says when it has */
	int (*start)(struct life *life);
};

struct life {
	struct rproc *rproc;
	const struct life_ops *ops;
	void *how;   /* for these */
	u32 context; /* its number in the manifest */
	struct delayed_work follow;
	/* Under the framework's lock: this module leaves; the next start is a recovery's. */
	bool leaves, recovers;
};

/* The context of @node, as long as @dev is bound. 0 or a negative errno. */
int life_add(struct device *dev, struct device_node *node, const struct life_ops *ops, void *how);

/* For each child of @dev's node. The first error ends it. */
int life_add_each(struct device *dev, int (*add)(struct device *dev, struct device_node *node));

/* life_monitor.c, life_reset.c: by which. */
extern struct platform_driver life_monitor_driver, life_reset_driver;

/*
 * life_copies.c: what a context is made anew from, by the properties copies, sha256 and segments of
 * its @node. Mapped for as long as @dev is bound; an error pointer if they make no sense.
 */
struct life_copies;
struct life_copies *life_copies_find(struct device *dev, struct device_node *node);
/* All of it to where it is to be, if all of it is what the loader has verified; else -EBADMSG. */
int life_copies_put(const struct life_copies *copies);

/*
 * life_watch.c: the watchdog of a context that counts a word up, by the properties watchdog and fed
 * of its @node. Without these it has none.
 */
int life_watch_add(struct life *life, struct device *dev, struct device_node *node);

#endif
