/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sessions: how the two ends of a link come together, and all the ways in which they part. The
 * protocol is in docs/protocol.md, "Sessions"; model/session.pml has the same functions by the same
 * names, and is checked for every order of events.
 *
 * Nothing here waits: what has to be waited for is looked at in each call.
 */
#include <string.h>

#include "rpmsg/rpmsg_internal.h"
#include "resource_table/vring.h"

static bool status_holds(uint32_t status)
{
	return (status & STATUS_SESSION) == STATUS_DRIVER_OK;
}

/* Nobody else writes these words, so if they are not what we wrote, somebody has spoilt them. */
static bool own_words_hold(const struct rpmsg_link *l)
{
	return l->own->epoch == l->epoch && l->own->seen == l->seen &&
	       l->own->layout == l->config.layout;
}

static bool session_holds(const struct rpmsg_link *l)
{
	return status_holds(*l->status) && l->peer->epoch == l->seen && l->peer->seen == l->epoch &&
	       own_words_hold(l);
}

static void ring(const struct rpmsg_link *l)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	l->config.kick(l->config.arg);
}

/*
 * Our words have changed. Ordinary firmware, which does not look at them, hears no bell: it takes
 * the first for the master's go-ahead (rpmsg-lite), whatever the status says. In its place we say
 * that it has seen us.
 */
static void tell(struct rpmsg_link *l)
{
	if (l->config.session)
		ring(l);
	else
		l->peer->seen = l->epoch;
}

/* Whatever was done before is done when the other end sees that we are ready for its @epoch. */
static void see(struct rpmsg_link *l, uint32_t epoch)
{
	__atomic_thread_fence(__ATOMIC_RELEASE);
	l->seen = epoch;
	l->own->seen = epoch;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

/* The session is over, if there was one: from here on no ring is touched. */
static void part(struct rpmsg_link *l)
{
	bool was_up = l->up;

	l->up = false;
	l->status_seen = RPMSG_NO_STATUS;
	see(l, 0);
	if (!was_up)
		return;
	l->session++;
	if (l->config.session_changed)
		l->config.session_changed(l->config.arg, false);
}

/* Part, and begin a new life, so that the other end parts, too. */
static void let_go(struct rpmsg_link *l)
{
	if (l->leads && l->has_status)
		l->config.vdev->status = 0;
	part(l);
	l->refused = 0;
	l->own->layout = l->config.layout;
	do /* never 0, and never one that the other end believes to have seen */
		l->epoch++;
	while (!l->epoch || l->epoch == l->peer->seen);
	__atomic_thread_fence(__ATOMIC_RELEASE);
	l->own->epoch = l->epoch;
	tell(l);
}

static void give_up(struct rpmsg_link *l)
{
	volatile struct resource_vdev *vdev = l->config.vdev;

	l->counters.broken++;
	if (l->has_status && !l->leads)
		vdev->status = (uint8_t)(vdev->status | STATUS_NEEDS_RESET);
	let_go(l);
	if (!l->config.session && !l->leads)
		ring(l); /* the master has long gone ahead, and is to see the status */
}

/*
 * What the other end shares makes no sense to us. Until one of us begins a new life, we stay down.
 */
static bool refuse(struct rpmsg_link *l, uint32_t peer_epoch)
{
	if (l->seen)
		let_go(l); /* it may believe that we are there */
	l->refused = peer_epoch;
	l->counters.mismatches++;
	return false;
}

static bool layouts_differ(const struct rpmsg_link *l)
{
	uint32_t theirs = l->peer->layout;

	return theirs && l->config.layout && theirs != l->config.layout;
}

static bool open_rings(struct rpmsg_link *l)
{
	return !l->config.open || l->config.open(l->config.arg, l);
}

/*
 * Somebody has spoilt the table: a new life makes it anew. It never made sense: a few don't help.
 */
static bool cannot_open(struct rpmsg_link *l, uint32_t peer_epoch)
{
	if (l->cannot_open++ >= RPMSG_OPEN_AGAIN)
		return refuse(l, peer_epoch);
	give_up(l);
	return false;
}

static bool go_up(struct rpmsg_link *l)
{
	struct rpmsg_ept *e;

	l->up = true;
	l->session++;
	l->counters.sessions++;
	l->cannot_open = 0;
	l->transmit_wanted = false;
	l->attention &= ~ATTEND_POSTPONED;
	l->attention |= ATTEND_NAMES | ATTEND_LISTENING; /* the latter of a zeroed ring */
	for (e = l->endpoints; e; e = e->next) {
		e->announced = false;
		if (!e->dst_fixed)
			e->dst = RPMSG_ADDRESS_ANY;
	}
	virtqueue_quiet(&l->transmit);
	if (l->config.session_changed)
		l->config.session_changed(l->config.arg, true);
	return true;
}

/* As Linux's virtio core and virtio_rpmsg_bus do it. */
static void prepare_rings(struct rpmsg_link *l)
{
	const struct rpmsg_config *c = &l->config;
	volatile struct resource_vdev *vdev = c->vdev;

	if (l->has_status) {
		vdev->status = STATUS_ACKNOWLEDGE | STATUS_DRIVER;
		vdev->gfeatures = vdev->dfeatures & RPMSG_FEATURE_NS;
	}
	memset(c->receive.vring, 0, (size_t)vring_bytes(c->receive.num, c->receive.align));
	memset(c->transmit.vring, 0, (size_t)vring_bytes(c->transmit.num, c->transmit.align));
	virtqueue_start(&l->receive);
	virtqueue_start(&l->transmit);
	virtqueue_post(&l->receive); /* a device has none */
	__atomic_thread_fence(__ATOMIC_RELEASE);
	if (l->has_status)
		vdev->status = STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_DRIVER_OK;
}

/* When the follower has let go of everything: prepare it all, then go ahead. */
static bool lead(struct rpmsg_link *l, uint32_t peer_epoch)
{
	if (l->peer->seen != l->epoch)
		return false;
	__atomic_thread_fence(__ATOMIC_ACQUIRE); /* its table after its offer */
	if (!open_rings(l))
		return cannot_open(l, peer_epoch);
	prepare_rings(l);
	see(l, peer_epoch);
	go_up(l);
	ring(l);
	return true;
}

/* Both, whatever becomes of one. */
static bool start_rings(struct rpmsg_link *l)
{
	bool receive = virtqueue_start(&l->receive);
	bool transmit = virtqueue_start(&l->transmit);

	return receive && transmit;
}

/* Offer what is ours, unfilled, to each new life of the leader … */
static void offer(struct rpmsg_link *l, uint32_t peer_epoch)
{
	if (l->config.lay_out)
		l->config.lay_out(l->config.arg);
	see(l, peer_epoch);
	tell(l);
}

/* … and begin when that goes ahead. */
static bool follow(struct rpmsg_link *l, uint32_t peer_epoch)
{
	if (!l->seen)
		offer(l, peer_epoch);
	if (l->peer->seen != l->epoch || !status_holds(*l->status))
		return false;
	__atomic_thread_fence(__ATOMIC_ACQUIRE); /* table and rings after the go-ahead */
	if (!open_rings(l))
		cannot_open(l, peer_epoch);
	else if (start_rings(l))
		return go_up(l);
	else /* rings that we have written in an earlier life are not fresh: only a reset helps */
		give_up(l);
	if (!l->refused)
		offer(l, peer_epoch);
	return false;
}

bool rpmsg_link_up(struct rpmsg_link *l)
{
	uint8_t status = *l->status;
	uint32_t peer_epoch;

	if (!l->started)
		return false;
	if (l->up && session_holds(l)) {
		l->status_seen = status; /* the next look is a short one: link_up() */
		return true;
	}
	peer_epoch = l->peer->epoch;
	__atomic_thread_fence(__ATOMIC_ACQUIRE); /* what the peer has let go of after its epoch */
	if (!own_words_hold(l))
		give_up(l);
	else if (l->seen && l->seen != peer_epoch)
		part(l); /* its new life: it waits for us, and touches nothing meanwhile */
	else if (l->up)
		let_go(l);
	if (l->refused && l->refused != peer_epoch)
		l->refused = l->cannot_open = 0;
	if (!peer_epoch || l->refused)
		return false;
	if (layouts_differ(l))
		return refuse(l, peer_epoch);
	return l->leads ? lead(l, peer_epoch) : follow(l, peer_epoch);
}

/* Of rings that nobody zeroes amid a session it goes without saying. */
static bool rings_intact(const struct rpmsg_link *l)
{
	return !(l->attention & ATTEND_RINGS) ||
	       (virtqueue_intact(&l->receive) && virtqueue_intact(&l->transmit));
}

bool rpmsg_link_rings_zeroed(struct rpmsg_link *l)
{
	if (rings_intact(l))
		return false;
	let_go(l);
	return !rpmsg_link_up(l);
}

void rpmsg_link_broken(struct rpmsg_link *l)
{
	/*
	 * A master that resets zeroes the rings while we read them, after it has changed status
	 * and epoch. That is no nonsense, and its fresh status must not be spoiled.
	 */
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	if (!l->up || !session_holds(l))
		rpmsg_link_up(l);
	else if (rings_intact(l))
		give_up(l);
}

int rpmsg_link_start(struct rpmsg_link *l)
{
	l->started = true;
	l->cannot_open = 0;
	let_go(l);
	rpmsg_link_up(l);
	return 0;
}

void rpmsg_link_stop(struct rpmsg_link *l)
{
	if (l->started)
		let_go(l);
	l->started = false;
}

enum rpmsg_state rpmsg_link_state(const struct rpmsg_link *l)
{
	if (!l->started)
		return RPMSG_DOWN;
	if (l->up)
		return RPMSG_UP;
	return l->refused ? RPMSG_MISMATCH : RPMSG_WAITING;
}
