/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The doorbells of a link. How to ring the peer's is its kind's matter, a file in doorbell/linux/.
 * Ours is an ordinary interrupt: an edge, or a level of a kind that says how to take it back. An
 * end without a doorbell polls.
 */
#ifndef PEERBOOT_DOORBELL_H
#define PEERBOOT_DOORBELL_H

#include <linux/types.h>
#include <linux/workqueue.h>

struct peer_link;

struct doorbell {
	void (*ring)(const struct doorbell *d); /* NULL: the peer polls */
	void __iomem *ring_register;		/* these two are the kind's */
	u64 ring_value;
	void (*take_back)(const struct doorbell *d); /* our own, a level; NULL: it is an edge */
	void __iomem *take_register;		     /* its kind's */
	int irq;				     /* 0: none, we poll */
	bool listening;
	struct delayed_work look; /* while listening: kicks can get lost, or there are none */
	unsigned long found;	  /* when there was something last, in jiffies: for the poll */
};

/* How often an end without a doorbell looks; at each tick while there is something to be found. */
#define DOORBELL_POLL_MS 20u

/*
 * doorbell/linux/: find out how the peer's doorbell of that @kind and these cells is rung. 0 or a
 * negative errno, if there is no such doorbell or nothing to ring it with.
 */
int doorbell_init_send(struct peer_link *link, u32 kind, const u32 cell[2]);

/* Likewise how our own is taken back, which is a level. */
int doorbell_init_receive(struct peer_link *link, u32 kind, const u32 cell[2]);

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
