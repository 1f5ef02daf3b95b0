/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "images/lib/doorbell.h"
#include "images/lib/link.h"

#include BOARD_MEMORY_MAP

static void ring_bell(void *arg)
{
	const struct image_link *l = arg;

	doorbell_ring(&l->bell);
}

static bool in_shared(uint64_t base, uint64_t size)
{
	return base >= SHARED_BASE && base <= SHARED_BASE + (uint64_t)SHARED_SIZE &&
	       size <= SHARED_BASE + (uint64_t)SHARED_SIZE - base;
}

/* @first: the ring's first buffer in the pool; @count: how many its transmitter has. */
static bool ring_config(struct rpmsg_ring_config *ring, const struct resource_vring *v,
			uint32_t first, uint32_t count)
{
	if (!v->num || v->num > IMAGE_VRING_NUM || !v->align || v->align > 65536 ||
	    !in_shared(v->da, vring_size(v->num, v->align)))
		return false;
	*ring = (struct rpmsg_ring_config){ .vring = (void *)(uintptr_t)v->da,
					    .num = v->num,
					    .align = v->align,
					    .first = first,
					    .count = count };
	return true;
}

int image_link_open(struct image_link *l, volatile struct image_table *table)
{
	struct image_table t;
	struct rpmsg_config c = { 0 };
	struct rpmsg_ring_config ring[2];
	enum link_end sender[2]; /* who transmits in each vring */
	volatile uint32_t *epoch;
	bool master;

	memcpy(&t, (const void *)table, sizeof(t)); /* once: checks and use see the same */
	memset(l, 0, sizeof(*l));
	if (t.link.magic != LINK_MAGIC || t.link.version != LINK_VERSION || !t.link.buffer_size ||
	    t.link.role[LINK_OWNER] > LINK_MASTER ||
	    !in_shared(t.link.buffer_base, t.link.buffer_size))
		return RPMSG_E_CONFIG;
	/* Vring 0 is the master's receive ring; between two alike the owner transmits in it. */
	master = t.link.role[LINK_OWNER] == LINK_MASTER;
	sender[0] = master ? LINK_PEER : LINK_OWNER;
	sender[1] = master ? LINK_OWNER : LINK_PEER;
	if (!ring_config(&ring[0], &t.vring[0], 0, t.link.buffer_count[sender[0]]) ||
	    !ring_config(&ring[1], &t.vring[1], ring[0].count, t.link.buffer_count[sender[1]]))
		return RPMSG_E_CONFIG;
	c.role = t.link.role[LINK_OWNER];
	c.transmit = ring[master];
	c.receive = ring[!master];
	c.pool = (void *)(uintptr_t)t.link.buffer_base;
	c.pool_address = t.link.buffer_base;
	c.pool_size = (uint32_t)t.link.buffer_size;
	c.buffer_len = t.link.buffer_len;
	c.shadow = l->shadow;
	c.vdev = &table->vdev;
	/* Its struct is packed, but lies at a multiple of 8, so its words are aligned. */
	epoch = (volatile void *)((uintptr_t)&table->link +
				  offsetof(struct link_resource, session.epoch));
	c.own_epoch = epoch + LINK_OWNER;
	c.peer_epoch = epoch + LINK_PEER;
	c.kick = ring_bell;
	c.arg = l;
	l->bell = t.link.doorbell[LINK_PEER];
	memcpy(l->own_name, t.link.name[LINK_OWNER], sizeof(l->own_name) - 1);
	memcpy(l->peer_name, t.link.name[LINK_PEER], sizeof(l->peer_name) - 1);
	return rpmsg_link_init(&l->rpmsg, &c);
}
