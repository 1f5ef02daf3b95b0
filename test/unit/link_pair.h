/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Both ends of one RPMsg link in one process, for any pair of roles. Every piece of shared memory
 * is a heap block of exactly its size, so that the address sanitizer sees one byte too many.
 */
#ifndef TEST_UNIT_LINK_PAIR_H
#define TEST_UNIT_LINK_PAIR_H

#include "images/lib/rpmsg.h"
#include "resource_table/vring.h"
#include "test/unit/unit.h"

#define PAIR_ALIGN   64
#define PAIR_BUFFER  64
#define PAIR_PAYLOAD (PAIR_BUFFER - 16)
#define PAIR_POOL_AT 0x123456789000ull /* what descriptors call the pool: not where it is */
#define PAIR_HELD    32

struct pair_end {
	struct rpmsg_link link;
	struct rpmsg_config config;
	uint16_t *shadow;
	unsigned kicked; /* times that this end was kicked … */
	unsigned looked; /* … of these it has looked after */
	struct pair_end *other;
};

struct pair {
	struct pair_end a, b;
	uint8_t *vring[2];
	uint8_t *pool;
	uint32_t num, vring_bytes, pool_bytes;
	struct resource_vdev *vdev;
	struct link_session *session;
	struct link_layout layout;
};

enum pair_way {
	PAIR_TABLE,   /* session words, and a status where the roles have one */
	PAIR_STATIC,  /* session words alone */
	PAIR_CLASSIC, /* status alone */
};

struct pair_roles {
	enum link_role a, b;
	enum link_end end; /* a's */
	enum pair_way way;
};

static const struct pair_roles pair_roles[] = {
	{ LINK_MASTER, LINK_REMOTE, LINK_PEER, PAIR_TABLE },
	{ LINK_REMOTE, LINK_MASTER, LINK_OWNER, PAIR_TABLE },
	{ LINK_SYMMETRIC, LINK_SYMMETRIC, LINK_OWNER, PAIR_TABLE },
	{ LINK_SYMMETRIC, LINK_SYMMETRIC, LINK_PEER, PAIR_TABLE },
	{ LINK_MASTER, LINK_REMOTE, LINK_OWNER, PAIR_STATIC },
	{ LINK_REMOTE, LINK_MASTER, LINK_OWNER, PAIR_STATIC },
	{ LINK_SYMMETRIC, LINK_SYMMETRIC, LINK_OWNER, PAIR_STATIC },
	{ LINK_MASTER, LINK_REMOTE, LINK_PEER, PAIR_CLASSIC },
	{ LINK_REMOTE, LINK_MASTER, LINK_OWNER, PAIR_CLASSIC },
};
#define PAIRS_WITH_WORDS (COUNT(pair_roles) - 2)

static inline void pair_kick(void *arg)
{
	struct pair_end *end = arg;

	end->other->kicked++;
}

static inline void pair_configure(struct pair *p, struct pair_end *end, enum link_role role,
				  enum link_end which, enum pair_way way)
{
	void *vring[2] = { p->vring[0], p->vring[1] };

	end->shadow = calloc(2 * p->num, sizeof(*end->shadow));
	end->config = (struct rpmsg_config){ .role = role,
					     .end = which,
					     .shadow = end->shadow,
					     .vdev = way == PAIR_STATIC ? NULL : p->vdev,
					     .session = way == PAIR_CLASSIC ? NULL : p->session,
					     .kick = pair_kick,
					     .arg = end };
	rpmsg_config_layout(&end->config, &p->layout, vring, p->pool);
	assert_int_equal(rpmsg_link_init(&end->link, &end->config), 0);
}

/* Lay out and initialise, start nothing. */
static inline void pair_make(struct pair *p, struct pair_roles roles, uint32_t num)
{
	memset(p, 0, sizeof(*p));
	p->num = num;
	p->vring_bytes = (uint32_t)vring_bytes(num, PAIR_ALIGN);
	p->pool_bytes = 2 * num * PAIR_BUFFER;
	p->pool = calloc(1, p->pool_bytes);
	p->vdev = calloc(1, sizeof(*p->vdev));
	p->session = calloc(1, sizeof(*p->session));
	p->vdev->dfeatures = RPMSG_FEATURE_NS;
	p->layout.buffers = (struct range){ PAIR_POOL_AT, p->pool_bytes };
	p->layout.buffer_len = PAIR_BUFFER;
	for (unsigned i = 0; i < 2; i++) {
		p->vring[i] = calloc(1, p->vring_bytes);
		p->layout.num[i] = p->layout.buffer_count[i] = num;
		p->layout.align[i] = PAIR_ALIGN;
	}
	p->a.other = &p->b;
	p->b.other = &p->a;
	pair_configure(p, &p->a, roles.a, roles.end, roles.way);
	pair_configure(p, &p->b, roles.b, !roles.end, roles.way);
}

/* Each end looks a few times, whether it was kicked or not. Are both up? */
static inline bool pair_settle(struct pair *p)
{
	for (int i = 0; i < 4; i++) {
		rpmsg_link_up(&p->a.link);
		rpmsg_link_up(&p->b.link);
	}
	return rpmsg_link_up(&p->a.link) && rpmsg_link_up(&p->b.link);
}

static inline void pair_start(struct pair *p)
{
	assert_int_equal(rpmsg_link_start(&p->a.link), 0);
	assert_int_equal(rpmsg_link_start(&p->b.link), 0);
	assert_true(pair_settle(p));
}

static inline struct pair_end *pair_master(struct pair *p)
{
	return p->a.config.role == LINK_MASTER ? &p->a : &p->b;
}

static inline void pair_free(struct pair *p)
{
	free(p->a.shadow);
	free(p->b.shadow);
	free(p->vring[0]);
	free(p->vring[1]);
	free(p->pool);
	free(p->vdev);
	free(p->session);
}

/* An endpoint that remembers what it got. */
struct receiver {
	struct rpmsg_ept e;
	enum rpmsg_verdict verdict;
	unsigned count;
	uint32_t len, src;
	uint8_t data[PAIR_PAYLOAD];
	struct rpmsg_message held[PAIR_HELD];
};

static inline enum rpmsg_verdict receiver_take(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct receiver *r = e->arg;

	assert_true(m->len <= PAIR_PAYLOAD);
	memcpy(r->data, m->data, m->len);
	r->len = m->len;
	r->src = m->src;
	if (r->verdict == RPMSG_HOLD && r->count < PAIR_HELD)
		r->held[r->count] = *m;
	if (r->verdict != RPMSG_NOT_NOW)
		r->count++;
	return r->verdict;
}

static inline void open_receiver(struct rpmsg_link *l, struct receiver *r, const char *name,
				 uint32_t addr)
{
	memset(r, 0, sizeof(*r));
	assert_int_equal(
		rpmsg_ept_create(l, &r->e, name, addr, RPMSG_ADDRESS_ANY, receiver_take, r), 0);
}

static inline void pump(struct pair *p)
{
	for (int i = 0; i < 4; i++) {
		rpmsg_link_poll(&p->a.link, 100);
		rpmsg_link_poll(&p->b.link, 100);
	}
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
