/* SPDX-License-Identifier: BSD-2-Clause */
/* From a description to a link: what is checked and set up before there is any session. */
#include <string.h>

#include "rpmsg/rpmsg_internal.h"

static bool init_ring(struct virtqueue *q, const struct rpmsg_config *c,
		      const struct rpmsg_ring_config *ring, bool driver, bool device_writes,
		      uint16_t *shadow)
{
	uint32_t buffers = c->pool_size / c->buffer_len;
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

int rpmsg_link_set_rings(struct rpmsg_link *l, const struct rpmsg_config *config)
{
	struct rpmsg_config *c = &l->config;
	bool rx_driver = c->role & LINK_ROLE_RX_DRIVER;
	bool tx_driver = c->role & LINK_ROLE_TX_DRIVER;
	uint32_t layout = c->layout;

	*c = *config;
	c->layout = layout; /* by a table each session has its own, which is not compared */
	if (!c->shadow || ((uintptr_t)c->pool & 3) ||
	    c->buffer_len <= sizeof(struct rpmsg_header) || (c->buffer_len & 3))
		return RPMSG_E_CONFIG;
	/* A ring's device writes its buffers where it is the transmitter. */
	if (!init_ring(&l->receive, c, &c->receive, rx_driver, rx_driver, c->shadow) ||
	    !init_ring(&l->transmit, c, &c->transmit, tx_driver, !tx_driver,
		       c->shadow + c->receive.num))
		return RPMSG_E_CONFIG;
	/*
	 * A remote without session words rings for what it sends, whatever the master's flags say:
	 * rpmsg-lite as master sets its flags at its start, never clears them, and all the same
	 * waits for a bell.
	 */
	if (l->attention & ATTEND_RINGS)
		l->transmit.obeyed = 0;
	return 0;
}

int rpmsg_link_init(struct rpmsg_link *l, const struct rpmsg_config *config)
{
	const struct rpmsg_config *c = &l->config;
	volatile struct link_session *words;

	memset(l, 0, sizeof(*l));
	l->config = *config;
	if ((c->role != LINK_REMOTE && c->role != LINK_SYMMETRIC && c->role != LINK_MASTER) ||
	    c->end > LINK_PEER || !c->kick ||
	    (!c->session && (!c->vdev || c->role == LINK_SYMMETRIC)))
		return RPMSG_E_CONFIG;
	/*
	 * Between two alike the table's owner lays it out, so the other end is the one to fill it
	 * in.
	 */
	l->leads = c->role == LINK_MASTER || (c->role == LINK_SYMMETRIC && c->end == LINK_PEER);
	words = c->session ? c->session : &l->alone;
	l->alone.epoch[!c->end] = 1; /* a classic end is always there */
	l->own = (volatile void *)&words->epoch[c->end];
	l->peer = (volatile void *)&words->epoch[!c->end];
	l->epoch = l->own->epoch;
	l->status_ok = STATUS_DRIVER_OK;
	l->status_seen = RPMSG_NO_STATUS;
	l->has_status = c->vdev && c->role != LINK_SYMMETRIC;
	l->status = l->has_status ? &c->vdev->status : &l->status_ok;
	if (!c->session && c->role == LINK_REMOTE)
		l->attention = ATTEND_RINGS;
	return c->open ? 0 : rpmsg_link_set_rings(l, config);
}

void rpmsg_config_layout(struct rpmsg_config *c, const struct link_layout *l, void *const vring[2],
			 void *pool)
{
	unsigned transmit = link_transmit_vring(c->role, c->end);

	for (unsigned i = 0; i < 2; i++) {
		struct rpmsg_ring_config *ring = i == transmit ? &c->transmit : &c->receive;

		ring->vring = vring[i];
		ring->num = l->num[i];
		ring->align = l->align[i];
		ring->first = i ? l->buffer_count[0] : 0;
		ring->count = l->buffer_count[i];
	}
	c->pool = pool;
	c->pool_address = l->buffers.base;
	c->pool_size = (uint32_t)l->buffers.size;
	c->buffer_len = l->buffer_len;
	c->layout = link_layout_checksum(l);
}
