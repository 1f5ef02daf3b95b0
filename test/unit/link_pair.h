/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Both ends of one RPMsg link in one process, for any pair of roles. Every piece of shared memory
 * is a heap block of exactly its size, so that the address sanitizer sees one byte too many.
 */
#ifndef TEST_UNIT_LINK_PAIR_H
#define TEST_UNIT_LINK_PAIR_H

#include "images/lib/rpmsg.h"
#include "test/unit/unit.h"

#define PAIR_ALIGN   64
#define PAIR_BUFFER  64
#define PAIR_POOL_AT 0x123456789000ull /* what descriptors call the pool: not where it is */

struct pair_end {
	struct rpmsg_link link;
	struct rpmsg_config config;
	uint16_t *shadow;
	unsigned kicked; /* times that this end was kicked */
	struct pair_end *other;
};

struct pair {
	struct pair_end a, b;
	uint8_t *vring[2];
	uint8_t *pool;
	uint32_t num, vring_bytes, pool_bytes;
	struct resource_vdev *vdev;
	uint32_t *epoch; /* [0] a, [1] b */
};

struct pair_roles {
	enum link_role a, b;
};
static const struct pair_roles pair_roles[] = {
	{ LINK_MASTER, LINK_REMOTE },
	{ LINK_REMOTE, LINK_MASTER },
	{ LINK_SYMMETRIC, LINK_SYMMETRIC },
};

static inline void pair_kick(void *arg)
{
	struct pair_end *end = arg;

	end->other->kicked++;
}

/* Vring 0 is the master's receive ring; between two alike @a transmits in it. */
static inline void pair_configure(struct pair *p, struct pair_end *end, enum link_role role,
				  unsigned transmit, unsigned self)
{
	struct rpmsg_ring_config ring[2];

	for (unsigned i = 0; i < 2; i++)
		ring[i] = (struct rpmsg_ring_config){ .vring = p->vring[i],
						      .num = p->num,
						      .align = PAIR_ALIGN,
						      .first = i * p->num,
						      .count = p->num };
	end->shadow = calloc(2 * p->num, sizeof(*end->shadow));
	end->config = (struct rpmsg_config){ .role = role,
					     .receive = ring[!transmit],
					     .transmit = ring[transmit],
					     .pool = p->pool,
					     .pool_address = PAIR_POOL_AT,
					     .pool_size = p->pool_bytes,
					     .buffer_len = PAIR_BUFFER,
					     .shadow = end->shadow,
					     .vdev = p->vdev,
					     .own_epoch = &p->epoch[self],
					     .peer_epoch = &p->epoch[!self],
					     .kick = pair_kick,
					     .arg = end };
	assert_int_equal(rpmsg_link_init(&end->link, &end->config), 0);
}

/* Lay out and initialise, start nothing. */
static inline void pair_make(struct pair *p, struct pair_roles roles, uint32_t num)
{
	memset(p, 0, sizeof(*p));
	p->num = num;
	p->vring_bytes = vring_size(num, PAIR_ALIGN);
	p->pool_bytes = 2 * num * PAIR_BUFFER;
	p->vring[0] = calloc(1, p->vring_bytes);
	p->vring[1] = calloc(1, p->vring_bytes);
	p->pool = calloc(1, p->pool_bytes);
	p->vdev = calloc(1, sizeof(*p->vdev));
	p->epoch = calloc(2, sizeof(*p->epoch));
	p->vdev->dfeatures = RPMSG_FEATURE_NS;
	p->a.other = &p->b;
	p->b.other = &p->a;
	pair_configure(p, &p->a, roles.a, roles.a == LINK_MASTER, 0);
	pair_configure(p, &p->b, roles.b, roles.a != LINK_MASTER, 1);
}

/* Start both, the master first where there is one. */
static inline void pair_start(struct pair *p)
{
	bool b_first = p->b.config.role == LINK_MASTER;

	assert_int_equal(rpmsg_link_start(b_first ? &p->b.link : &p->a.link), 0);
	assert_int_equal(rpmsg_link_start(b_first ? &p->a.link : &p->b.link), 0);
}

static inline void pair_free(struct pair *p)
{
	free(p->a.shadow);
	free(p->b.shadow);
	free(p->vring[0]);
	free(p->vring[1]);
	free(p->pool);
	free(p->vdev);
	free(p->epoch);
}

/* Small repeatable random numbers (xorshift). */
static inline uint32_t pair_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

#endif
