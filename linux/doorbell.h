/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The doorbells of a link on a shared GICv2. To ring is one write to the distributor: an SGI for
 * a bare-metal peer, or a pending bit for a peer that hears an SPI. We hear an edge SPI, which the
 * peer makes pending and which is an ordinary interrupt here. An end without a doorbell polls.
 */
#ifndef PEERBOOT_DOORBELL_H
#define PEERBOOT_DOORBELL_H

#include <linux/types.h>
#include <linux/workqueue.h>

struct peer_link;

struct doorbell {
	void __iomem *ring_register; /* NULL: the peer polls */
	u32 ring_value;
	int irq; /* 0: none, we poll */
	bool listening;
	struct delayed_work look; /* while listening: kicks can get lost, or there are none */
	unsigned long found;	  /* when there was something last, in jiffies: for the poll */
};

/* How often an end without a doorbell looks; at each tick while there is something to be found. */
#define DOORBELL_POLL_MS 20u

/* Find both doorbells from the link's node. The interrupt stays off. 0 or a negative errno. */
int doorbell_init(struct peer_link *link);

/* Everything written before is seen by the peer before the doorbell is. Any context. */
void doorbell_ring(const struct doorbell *doorbell);

/* As if the peer had rung: what is called then looks at everything. Any context. */
void doorbell_call(struct doorbell *doorbell);

/*
 * Let the role's interrupt() be called, from one place at a time, or no more: it does not run when
 * this returns. May sleep.
 */
void doorbell_listen(struct doorbell *doorbell, bool on);

#endif
