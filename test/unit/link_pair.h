/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Both ends of one RPMsg link in one process, for any pair of roles. Every piece of shared memory
 * is a heap block of exactly its size, so that the address sanitizer sees one byte too many.
 */
#ifndef TEST_UNIT_LINK_PAIR_H
#define TEST_UNIT_LINK_PAIR_H

#include <stddef.h>

#include "rpmsg/rpmsg.h"
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
	struct pair *pair;
	unsigned kicked; /* times that this end was kicked … */
	unsigned looked; /* … of these it has looked after */
	struct pair_end *other;
};

/* What a link needs of a resource table. */
struct pair_table {
	struct resource_vdev vdev;
	struct resource_vring vring[2]; /* of vdev */
	uint32_t gap;
	struct link_resource link;
} __attribute__((packed, aligned(8)));

struct pair {
	struct pair_end a, b;
	uint8_t *vring[2];
	uint8_t *pool;
	uint32_t num, vring_bytes, pool_bytes;
	struct pair_table *table;
	struct resource_vdev *vdev; /* of table */
	struct link_session *session;
	struct link_layout layout;
	enum link_role role[2];
	unsigned not_laid_out; /* tables that were filled in, but not unfilled */
};

enum pair_way {
	PAIR_TABLE,   /* session words, and a status where the roles have one */
	PAIR_SHAKE,   /* the same, and the table is filled in for each session */
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
	{ LINK_MASTER, LINK_REMOTE, LINK_PEER, PAIR_SHAKE },
	{ LINK_REMOTE, LINK_MASTER, LINK_OWNER, PAIR_SHAKE },
	{ LINK_SYMMETRIC, LINK_SYMMETRIC, LINK_OWNER, PAIR_SHAKE },
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

/* The follower's table as its ELF brings it and the loader completes it, all but the session words. */
static inline void pair_lay_out(void *arg)
{
	struct pair *p = ((struct pair_end *)arg)->pair;
	struct pair_table *t = p->table;
	struct pair_table unfilled = {
		.vdev = { .dfeatures = RPMSG_FEATURE_NS, .num_of_vrings = 2 },
		.link = { .role = { p->role[0], p->role[1] }, .session = t->link.session },
	};

	for (unsigned i = 0; i < 2; i++)
		unfilled.vring[i] = (struct resource_vring){ .da = RESOURCE_ANY,
							     .align = PAIR_ALIGN,
							     .num = p->num };
	*t = unfilled;
}

/* Where the pair's memory pretends to be. */
static inline uint32_t pair_vring_at(unsigned i)
{
	return 0x5d040000 + i * 0x1000;
}

static inline void pair_fill_in(struct pair *p)
{
	struct pair_table *t = p->table;

	p->not_laid_out += (t->vring[0].da & t->vring[1].da) != RESOURCE_ANY || t->link.buffer_size;
	for (unsigned i = 0; i < 2; i++)
		t->vring[i].da = pair_vring_at(i);
	t->link.buffer_base = p->layout.buffers.base;
	t->link.buffer_len = p->layout.buffer_len;
	t->link.buffer_count[0] = t->link.buffer_count[1] = p->num;
	t->link.buffer_size = p->layout.buffers.size;
}

static inline bool pair_open(void *arg, struct rpmsg_link *l)
{
	struct pair_end *end = arg;
	struct pair *p = end->pair;
	struct rpmsg_config c = l->config;
	void *vring[2] = { p->vring[0], p->vring[1] };
	struct link_layout layout;
	union {
		struct pair_table t;
		struct {
			struct resource_vdev vdev;
			struct resource_vring vring[2];
		};
	} copy;

	if (l->leads)
		pair_fill_in(p);
	copy.t = *p->table;
	if (!link_layout_read(&layout, &copy.vdev, &copy.t.link) ||
	    layout.buffers.base != p->layout.buffers.base ||
	    layout.buffers.size > p->layout.buffers.size)
		return false;
	for (unsigned i = 0; i < 2; i++)
		if (layout.vring[i].base != pair_vring_at(i) || layout.num[i] > p->num ||
		    layout.align[i] > PAIR_ALIGN)
			return false;
	rpmsg_config_layout(&c, &layout, vring, p->pool);
	return !rpmsg_link_set_rings(l, &c);
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
	if (way == PAIR_SHAKE) {
		end->config.lay_out = pair_lay_out;
		end->config.open = pair_open;
	}
	if (way != PAIR_SHAKE)
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
	p->table = calloc(1, sizeof(*p->table));
	p->vdev = (void *)p->table;
	p->session = roles.way == PAIR_STATIC ? calloc(1, sizeof(*p->session)) :
						(void *)((uint8_t *)p->table +
							 offsetof(struct pair_table, link.session));
	p->role[roles.end] = roles.a;
	p->role[!roles.end] = roles.b;
	p->layout.buffers = (struct range){ PAIR_POOL_AT, p->pool_bytes };
	p->layout.buffer_len = PAIR_BUFFER;
	for (unsigned i = 0; i < 2; i++) {
		p->vring[i] = calloc(1, p->vring_bytes);
		p->layout.num[i] = p->layout.buffer_count[i] = num;
		p->layout.align[i] = PAIR_ALIGN;
	}
	p->a.other = &p->b;
	p->b.other = &p->a;
	p->a.pair = p->b.pair = p;
	pair_lay_out(&p->a);
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
	if (!p->a.config.vdev)
		free(p->session);
	free(p->table);
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

/* As an image's main loop: whatever there is, and no more before the next kick. */
static inline void look(struct pair_end *end)
{
	struct rpmsg_message m;
	unsigned rounds = 0;

	end->looked = end->kicked;
	do {
		while (rpmsg_link_poll(&end->link, 4))
			;
		/* Whoever waits for a buffer tries again. */
		if (end->link.transmit_wanted && !rpmsg_get_buffer(&end->link, &m))
			rpmsg_put_back(&end->link, &m);
		assert_true(rounds++ < 100);
	} while (!rpmsg_link_may_sleep(&end->link));
}

/* Both look only when they are kicked, until nobody is any more. */
static inline void run_by_kicks(struct pair *p)
{
	unsigned rounds = 0;

	while (p->a.kicked != p->a.looked || p->b.kicked != p->b.looked) {
		if (p->a.kicked != p->a.looked)
			look(&p->a);
		if (p->b.kicked != p->b.looked)
			look(&p->b);
		assert_true(rounds++ < 100);
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
