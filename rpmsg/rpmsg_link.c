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

	c->receive = config->receive;
	c->transmit = config->transmit;
	c->pool = config->pool;
	c->pool_address = config->pool_address;
	c->pool_size = config->pool_size;
	c->buffer_len = config->buffer_len;
	c->shadow = config->shadow;
	if (!c->shadow || ((uintptr_t)c->pool & 3) ||
	    c->buffer_len <= sizeof(struct rpmsg_header) || (c->buffer_len & 3))
		return RPMSG_E_CONFIG;
	l->room = payload_room(c->buffer_len);
	/* A ring's device writes its buffers where it is the transmitter. */
	if (!init_ring(&l->receive, c, &c->receive, rx_driver, rx_driver, c->shadow) ||
	    !init_ring(&l->transmit, c, &c->transmit, tx_driver, !tx_driver,
		       c->shadow + c->receive.num))
		return RPMSG_E_CONFIG;
	return 0;
}

int rpmsg_link_init(struct rpmsg_link *l, const struct rpmsg_config *config)
{
	const struct rpmsg_config *c = &l->config;

	memset(l, 0, sizeof(*l));
	l->config = *config;
	if ((c->role != LINK_REMOTE && c->role != LINK_SYMMETRIC && c->role != LINK_MASTER) ||
	    c->end > LINK_PEER || !c->kick ||
	    (!c->session && (!c->vdev || c->role == LINK_SYMMETRIC)))
		return RPMSG_E_CONFIG;
	l->tx_device = !(c->role & LINK_ROLE_TX_DRIVER);
	l->rx_device = !(c->role & LINK_ROLE_RX_DRIVER);
	l->own = c->end;
	l->peer = !c->end;
	/*
	 * Between two alike the table's owner lays it out, so the other end is the one to fill it
	 * in.
	 */
	l->leads = c->role == LINK_MASTER || (c->role == LINK_SYMMETRIC && c->end == LINK_PEER);
	/* A classic end answers at once: let_go() says for it that it has seen us. */
	l->alone.epoch[l->peer] = 1;
	l->words = c->session ? c->session : &l->alone;
	l->peer_epoch = &l->words->epoch[l->peer];
	l->epoch = l->words->epoch[l->own];
	l->status_ok = STATUS_DRIVER_OK;
	l->status_seen = RPMSG_NO_STATUS;
	l->has_status = c->vdev && c->role != LINK_SYMMETRIC;
	l->status = l->has_status ? &c->vdev->status : &l->status_ok;
	l->rings_always = !c->session && c->role == LINK_REMOTE;
	l->attention = l->rings_always ? ATTEND_RINGS : 0;
	return c->open ? 0 : rpmsg_link_set_rings(l, config);
}

static struct rpmsg_ring_config layout_ring(const struct link_layout *l, void *const vring[2],
					    unsigned i)
{
	return (struct rpmsg_ring_config){ .vring = vring[i],
					   .num = l->num[i],
					   .align = l->align[i],
					   .first = i ? l->buffer_count[0] : 0,
					   .count = l->buffer_count[i] };
}

void rpmsg_config_layout(struct rpmsg_config *c, const struct link_layout *l, void *const vring[2],
			 void *pool)
{
	unsigned transmit = link_transmit_vring(c->role, c->end);

	c->transmit = layout_ring(l, vring, transmit);
	c->receive = layout_ring(l, vring, !transmit);
	c->pool = pool;
	c->pool_address = l->buffers.base;
	c->pool_size = (uint32_t)l->buffers.size;
	c->buffer_len = l->buffer_len;
	c->layout = link_layout_checksum(l);
}
