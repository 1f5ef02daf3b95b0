/* SPDX-License-Identifier: BSD-2-Clause */
/* Sessions: how a link comes up, and all the ways in which it goes down. */
#include <string.h>

#include "images/lib/rpmsg_internal.h"

static bool is_master(const struct rpmsg_link *l)
{
	return l->config.role == LINK_MASTER;
}

static bool is_remote(const struct rpmsg_link *l)
{
	return l->config.role == LINK_REMOTE;
}

static bool status_holds(uint32_t status)
{
	return (status & STATUS_SESSION) == STATUS_DRIVER_OK;
}

static bool session_holds(const struct rpmsg_link *l)
{
	return status_holds(*l->status) && *l->epoch == l->epoch_seen;
}

static void count_epoch(struct rpmsg_link *l)
{
	if (l->config.own_epoch) {
		/* whatever we did to the rings comes before "we have let go of them" */
		__atomic_thread_fence(__ATOMIC_RELEASE);
		*l->config.own_epoch = *l->config.own_epoch + 1;
	}
}

static void go_down(struct rpmsg_link *l)
{
	l->up = false;
	l->status_seen = RPMSG_NO_STATUS;
	l->session++;
	if (is_remote(l))
		count_epoch(l);
}

static void go_up(struct rpmsg_link *l)
{
	struct rpmsg_ept *e;

	l->up = true;
	l->session++;
	l->counters.sessions++;
	l->postponed = false;
	l->transmit_wanted = false;
	l->names_pending = true;
	l->listening = true; /* a zeroed ring */
	for (e = l->endpoints; e; e = e->next) {
		e->announced = false;
		if (!e->dst_fixed)
			e->dst = RPMSG_ADDRESS_ANY;
	}
	virtqueue_quiet(&l->transmit);
}

/* End the session because of @flag, and say so in the status. */
static void give_up(struct rpmsg_link *l, uint32_t flag)
{
	l->counters.broken++;
	go_down(l);
	if (l->config.vdev)
		l->config.vdev->status = (uint8_t)(l->config.vdev->status | flag);
}

/* A remote begins when the master has set DRIVER_OK; the epoch first, so that no change is missed. */
static bool remote_begins(struct rpmsg_link *l)
{
	l->epoch_seen = *l->epoch;
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	if (!session_holds(l))
		return false;
	__atomic_thread_fence(__ATOMIC_ACQUIRE); /* rings after DRIVER_OK */
	/* Rings that we have written in an earlier life are not fresh: only a reset helps. */
	if (!virtqueue_start(&l->receive) | !virtqueue_start(&l->transmit)) {
		give_up(l, STATUS_NEEDS_RESET);
		return false;
	}
	go_up(l);
	return true;
}

bool rpmsg_link_up(struct rpmsg_link *l)
{
	uint8_t status = *l->status;

	if (l->up && status_holds(status) && *l->epoch == l->epoch_seen) {
		l->status_seen = status; /* the next look is a short one: link_up() */
		return true;
	}
	if (l->up)
		go_down(l);
	return is_remote(l) && remote_begins(l);
}

/* true if they were and no new session began. */
bool rpmsg_link_rings_zeroed(struct rpmsg_link *l)
{
	if (virtqueue_intact(&l->receive) && virtqueue_intact(&l->transmit))
		return false;
	go_down(l);
	return !remote_begins(l);
}

void rpmsg_link_broken(struct rpmsg_link *l, const struct virtqueue *q)
{
	/*
	 * A master that resets zeroes the rings while we read them, after it has changed status
	 * and epoch. That is no nonsense, and its fresh status must not be spoiled.
	 */
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	if (!l->up || !session_holds(l))
		rpmsg_link_up(l);
	else if (!l->watch_rings ||
		 (virtqueue_intact(&l->receive) && virtqueue_intact(&l->transmit)))
		give_up(l, q->device ? STATUS_NEEDS_RESET : STATUS_FAILED);
}

static bool init_ring(struct virtqueue *q, const struct rpmsg_config *c,
		      const struct rpmsg_ring_config *ring, bool driver, bool device_writes,
		      uint16_t *shadow)
{
	uint32_t buffers = c->buffer_len ? c->pool_size / c->buffer_len : 0;
	uint32_t skip = driver ? ring->first * c->buffer_len : 0;
	struct virtqueue_config v = {
		.side = driver ? VIRTQUEUE_DRIVER : VIRTQUEUE_DEVICE,
		.device_writes = device_writes,
		.vring = ring->vring,
		.num = ring->num,
		.align = ring->align,
		.window = c->pool + skip,
		.window_address = c->pool_address + skip,
		.window_size = c->pool_size - skip,
		.buffer_len = c->buffer_len,
		.buffer_count = ring->count,
		.shadow = shadow,
	};

	if (driver && (ring->first > buffers || ring->count > buffers - ring->first))
		return false;
	return virtqueue_init(q, &v);
}

int rpmsg_link_init(struct rpmsg_link *l, const struct rpmsg_config *config)
{
	const struct rpmsg_config *c = &l->config;
	bool rx_driver = config->role & LINK_ROLE_RX_DRIVER;
	bool tx_driver = config->role & LINK_ROLE_TX_DRIVER;

	memset(l, 0, sizeof(*l));
	l->config = *config;
	if ((unsigned)c->role > LINK_MASTER || (rx_driver && !tx_driver) || !c->kick ||
	    !c->shadow || ((uintptr_t)c->pool & 3) ||
	    c->buffer_len <= sizeof(struct rpmsg_header) || (c->buffer_len & 3) ||
	    (!c->vdev && c->role != LINK_SYMMETRIC))
		return RPMSG_E_CONFIG;
	/* A ring's device writes its buffers where it is the transmitter. */
	if (!init_ring(&l->receive, c, &c->receive, rx_driver, rx_driver, c->shadow) ||
	    !init_ring(&l->transmit, c, &c->transmit, tx_driver, !tx_driver,
		       c->shadow + c->receive.num))
		return RPMSG_E_CONFIG;
	l->status_ok = STATUS_DRIVER_OK;
	l->status_seen = RPMSG_NO_STATUS;
	l->status = c->role == LINK_SYMMETRIC ? &l->status_ok : &c->vdev->status;
	l->watch_rings = is_remote(l) && !c->peer_epoch;
	l->epoch = is_remote(l) && c->peer_epoch ? c->peer_epoch : &l->epoch_seen;
	return 0;
}

void rpmsg_link_stop(struct rpmsg_link *l)
{
	if (l->up)
		go_down(l);
	if (!is_master(l))
		return;
	l->config.vdev->status = 0;
	count_epoch(l);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	l->config.kick(l->config.arg);
}

/* As Linux's virtio core and virtio_rpmsg_bus do it. */
static void master_begins(struct rpmsg_link *l)
{
	const struct rpmsg_config *c = &l->config;
	volatile struct resource_vdev *vdev = c->vdev;
	struct virtqueue_buffer b;

	vdev->status = 0;
	count_epoch(l);
	__atomic_thread_fence(__ATOMIC_SEQ_CST); /* reset is seen before the rings change */
	vdev->status = STATUS_ACKNOWLEDGE | STATUS_DRIVER;
	vdev->gfeatures = vdev->dfeatures & RPMSG_FEATURE_NS;
	memset(c->receive.vring, 0, vring_size(c->receive.num, c->receive.align));
	memset(c->transmit.vring, 0, vring_size(c->transmit.num, c->transmit.align));
	virtqueue_start(&l->receive);
	virtqueue_start(&l->transmit);
	while (virtqueue_take_spare(&l->receive, &b) == VIRTQUEUE_TAKEN)
		virtqueue_give(&l->receive, b.id, c->buffer_len);
	__atomic_thread_fence(__ATOMIC_RELEASE);
	vdev->status = STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_DRIVER_OK;
}

int rpmsg_link_start(struct rpmsg_link *l)
{
	if (l->up)
		go_down(l);
	if (is_remote(l)) {
		count_epoch(l);
		return rpmsg_link_up(l) ? 0 : RPMSG_E_DOWN;
	}
	if (is_master(l)) {
		master_begins(l);
	} else {
		count_epoch(l);
		if (!virtqueue_start(&l->receive) | !virtqueue_start(&l->transmit)) {
			give_up(l, STATUS_NEEDS_RESET);
			return RPMSG_E_DOWN;
		}
	}
	go_up(l);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (is_master(l))
		l->config.kick(l->config.arg);
	return 0;
}
