/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Devices are freed when the last user lets go of them, which an open file may do long after the
 * link is unbound. Their release callbacks are this module's text, so the last reference is always
 * ours: we keep one until it is the only one, and drop it ourselves. A release callback then runs
 * in our own hands, and never while the module leaves or after.
 */
#ifndef PEERBOOT_LIFETIME_H
#define PEERBOOT_LIFETIME_H

#include <linux/list.h>
#include <linux/types.h>

struct device;

struct lifetime {
	struct list_head node;
	struct device *dev;  /* with one reference that is ours */
	struct device *link; /* that it belonged to: compared, never followed */
	bool file;	     /* programs have it open, if anybody has */
	void (*end)(struct lifetime *life);
};

/*
 * @life's device has been taken off everything: call its end(), which drops our reference, once
 * that is the last one: now, or from a worker. @life is not touched afterwards.
 */
void lifetime_end(struct lifetime *life);

/* Until nobody has a device file of @link's open, for a second at most. May sleep. */
void lifetime_wait_for_files(struct device *link);

/* Until all have ended. May sleep. */
void lifetime_wait(void);

#endif
