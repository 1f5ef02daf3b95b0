/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A peer that writes nonsense into everything that it shares with us. Nothing outside of our
 * blocks may be touched (the sanitizers see it), every case is counted, and a reset heals it.
 */
#include "test/unit/link_pair.h"

#define NUM	    8u
#define NEEDS_RESET 0x40u

static unsigned received;

static enum rpmsg_verdict count_it(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	(void)e, (void)m;
	received++;
	return RPMSG_RELEASE;
}

/* Where things lie in a vring of NUM at PAIR_ALIGN. */
#define DESC(n)	   (16u * (n))
#define AVAIL	   (16u * NUM)
#define AVAIL_N(n) (AVAIL + 4u + 2u * (n))
#define USED	   192u /* AVAIL + 6 + 2 * NUM, aligned to 64 */
#define USED_N(n)  (USED + 4u + 8u * (n))

enum ring {
	RECEIVE,
	TRANSMIT
};

struct nonsense {
	const char *what;
	enum ring ring; /* of the victim's */
	uint32_t offset, size;
	uint64_t value;
};

#define POOL_BYTES (2 * NUM * PAIR_BUFFER)

/* The victim is device of both rings; entry 0 of each is the next to be taken. */
static const struct nonsense to_device[] = {
	{ "more available than there are", RECEIVE, AVAIL + 2, 2, NUM + 1 },
	{ "available index goes back", RECEIVE, AVAIL + 2, 2, 0xffff },
	{ "more to send in than there are", TRANSMIT, AVAIL + 2, 2, NUM + 1 },
	{ "id just past the descriptors", RECEIVE, AVAIL_N(0), 2, NUM },
	{ "id far away", RECEIVE, AVAIL_N(0), 2, 0xffff },
	{ "id to send in past the descriptors", TRANSMIT, AVAIL_N(0), 2, NUM },
	{ "address before the pool", RECEIVE, DESC(0), 8, PAIR_POOL_AT - 4 },
	{ "address at the pool's end", RECEIVE, DESC(0), 8, PAIR_POOL_AT + POOL_BYTES },
	{ "address 4 GiB off", RECEIVE, DESC(0), 8, PAIR_POOL_AT + 0x100000000 },
	{ "address 0", RECEIVE, DESC(0), 8, 0 },
	{ "address at the top", RECEIVE, DESC(0), 8, 0xfffffffffffffffc },
	{ "address misaligned", RECEIVE, DESC(0), 8, PAIR_POOL_AT + 2 },
	{ "over the pool's end", RECEIVE, DESC(0), 8, PAIR_POOL_AT + POOL_BYTES - 16 },
	{ "length over the pool's end", RECEIVE, DESC(0) + 8, 4, POOL_BYTES + 1 },
	{ "length of 4 GiB", RECEIVE, DESC(0) + 8, 4, 0xffffffff },
	{ "chain", RECEIVE, DESC(0) + 12, 2, VRING_DESC_NEXT },
	{ "indirect", RECEIVE, DESC(0) + 12, 2, VRING_DESC_INDIRECT },
	{ "chain to send in", TRANSMIT, DESC(0) + 12, 2, VRING_DESC_NEXT | VRING_DESC_WRITE },
	{ "read-only to send in", TRANSMIT, DESC(0) + 12, 2, 0 },
	{ "address to send in outside", TRANSMIT, DESC(0), 8, PAIR_POOL_AT + POOL_BYTES },
	{ "length to send in too long", TRANSMIT, DESC(0) + 8, 4, 0x7fffffff },
	{ "no room for a header", TRANSMIT, DESC(0) + 8, 4, 15 },
};

/* The victim is driver of both rings. */
static const struct nonsense to_driver[] = {
	{ "more used than given", RECEIVE, USED + 2, 2, NUM + 1 },
	{ "used index goes back", RECEIVE, USED + 2, 2, 0xffff },
	{ "used id past the descriptors", RECEIVE, USED_N(0), 4, NUM },
	{ "used id with high bits", RECEIVE, USED_N(0), 4, 0x10000 },
	{ "used id far away", RECEIVE, USED_N(0), 4, 0xffffffff },
	{ "longer than its buffer", RECEIVE, USED_N(0) + 4, 4, PAIR_BUFFER + 1 },
	{ "4 GiB long", RECEIVE, USED_N(0) + 4, 4, 0xffffffff },
	{ "more sent than given", TRANSMIT, USED + 2, 2, NUM + 1 },
	{ "sent id past the descriptors", TRANSMIT, USED_N(0), 4, NUM },
};

static void poke(struct pair *p, const struct pair_end *victim, const struct nonsense *n)
{
	uint8_t *vring = n->ring == RECEIVE ? victim->config.receive.vring :
					      victim->config.transmit.vring;

	assert_true(n->offset + n->size <= p->vring_bytes);
	memcpy(vring + n->offset, &n->value, n->size);
}

static void open_pair(struct pair *p, struct rpmsg_ept e[2], struct pair_roles roles)
{
	pair_make(p, roles, NUM);
	pair_start(p);
	received = 0;
	rpmsg_ept_create(&p->a.link, &e[0], NULL, 2000, 2000, count_it, NULL);
	rpmsg_ept_create(&p->b.link, &e[1], NULL, 2000, 2000, count_it, NULL);
}

static void directed(struct pair_roles roles, const struct nonsense *n)
{
	struct rpmsg_ept e[2];
	struct rpmsg_message m;
	struct pair p;

	open_pair(&p, e, roles);
	if (roles.a != LINK_REMOTE && n->ring == TRANSMIT)
		for (unsigned i = 0; i < NUM; i++) /* all sent, all returned */
			assert_int_equal(rpmsg_ept_send(&e[0], "x", 1), 0);
	assert_int_equal(rpmsg_ept_send(&e[1], "good", 4), 0);
	rpmsg_link_poll(&p.b.link, 100);
	received = 0;
	poke(&p, &p.a, n);
	if (n->ring == RECEIVE)
		assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 0);
	else
		assert_int_equal(rpmsg_get_buffer(&p.a.link, &m), RPMSG_E_DOWN);
	if (p.a.link.counters.broken != 1 || received)
		fail_msg("%s: broken %u, received %u", n->what, p.a.link.counters.broken, received);
	assert_int_equal(rpmsg_link_state(&p.a.link), RPMSG_WAITING);
	assert_int_equal(p.vdev->status & NEEDS_RESET, roles.a == LINK_REMOTE ? NEEDS_RESET : 0);
	/* Counted once, and then nothing of it is read: a new session heals the link. */
	assert_true(pair_settle(&p));
	assert_int_equal(p.vdev->status, p.a.link.has_status ? 7 : 0);
	assert_int_equal(p.a.link.counters.broken, 1);
	rpmsg_link_poll(&p.b.link, 1); /* without words, only the rings tell a remote */
	assert_int_equal(rpmsg_ept_send(&e[0], "x", 1), 0);
	assert_int_equal(rpmsg_ept_send(&e[1], "x", 1), 0);
	assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 1);
	assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 1);
	pair_free(&p);
}

#define SYMMETRIC 2 /* in pair_roles[] */

static void device_refuses_each_field(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(to_device); i++) {
		directed(pair_roles[1], &to_device[i]);
		directed(pair_roles[PAIRS_WITH_WORDS + 1], &to_device[i]);
		if (to_device[i].ring == RECEIVE)
			directed(pair_roles[SYMMETRIC], &to_device[i]);
	}
}

static void driver_refuses_each_field(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(to_driver); i++) {
		directed(pair_roles[0], &to_driver[i]);
		directed(pair_roles[PAIRS_WITH_WORDS], &to_driver[i]);
		if (to_driver[i].ring == TRANSMIT)
			directed(pair_roles[SYMMETRIC], &to_driver[i]);
	}
}

/* The same buffer twice: the second while we hold the first, or have not got it at all. */
static void buffers_come_once(void **state)
{
	static const struct nonsense twice = { "", RECEIVE, AVAIL_N(1), 2, 0 };
	static const struct nonsense used_twice = { "", RECEIVE, USED_N(1), 4, 0 };

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct rpmsg_ept e[2];
		struct virtqueue_buffer held;
		struct pair p;

		open_pair(&p, e, pair_roles[i]);
		assert_int_equal(rpmsg_ept_send(&e[1], "1", 1), 0);
		assert_int_equal(rpmsg_ept_send(&e[1], "2", 1), 0);
		poke(&p, &p.a, i ? &twice : &used_twice);
		assert_int_equal(virtqueue_take(&p.a.link.receive, &held), VIRTQUEUE_TAKEN);
		assert_int_equal(held.id, 0);
		assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 0);
		assert_int_equal(p.a.link.counters.broken, 1);
		pair_free(&p);
	}
}

struct message {
	const char *what;
	uint32_t offset, size, value; /* in the buffer, header included */
};

/* Messages that make no sense are dropped and counted; the link goes on. */
static void bad_messages_are_dropped(void **state)
{
	static const struct message bad[] = {
		{ "payload longer than was sent", 12, 2, 41 },
		{ "payload of 64 KiB", 12, 2, 0xffff },
		{ "name message too short", 12, 2, 39 },
		{ "no name", 16, 1, 0 },
	};

	(void)state;
	for (size_t r = 0; r < COUNT(pair_roles); r++)
		for (size_t i = 0; i < COUNT(bad); i++) {
			struct rpmsg_name_message name = { "channel", 7, RPMSG_NAME_CREATE };
			struct rpmsg_ept e[2];
			struct rpmsg_message m;
			struct pair p;

			open_pair(&p, e, pair_roles[r]);
			assert_int_equal(rpmsg_get_buffer(&p.b.link, &m), 0);
			memcpy(m.data, &name, sizeof(name));
			assert_int_equal(rpmsg_send_buffer(&p.b.link, &m, 7, RPMSG_ADDRESS_NAMES,
							   sizeof(name)),
					 0);
			memcpy(m.data - 16 + bad[i].offset, &bad[i].value, bad[i].size);
			assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 1);
			if (p.a.link.counters.bad_message != 1)
				fail_msg("%s: %u", bad[i].what, p.a.link.counters.bad_message);
			assert_int_equal(p.a.link.counters.broken, 0);
			assert_int_equal(rpmsg_ept_send(&e[1], "x", 1), 0);
			assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 1);
			assert_int_equal(received, 1);
			pair_free(&p);
		}
}

static char heard[RPMSG_NAME_SIZE];

static void hear(void *arg, const char *name, uint32_t addr, bool created)
{
	(void)arg, (void)addr, (void)created;
	assert_true(strlen(name) < RPMSG_NAME_SIZE);
	strcpy(heard, name);
}

static void name_without_end_is_cut_off(void **state)
{
	struct rpmsg_name_message name = { .addr = 7, .flags = RPMSG_NAME_CREATE };
	struct rpmsg_ept e[2];
	struct pair p;

	(void)state;
	open_pair(&p, e, pair_roles[1]);
	p.a.link.config.name_service = hear;
	memset(name.name, 'n', sizeof(name.name));
	assert_int_equal(rpmsg_ept_send_to(&e[1], RPMSG_ADDRESS_NAMES, &name, sizeof(name)), 0);
	assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 1);
	assert_int_equal(strlen(heard), RPMSG_NAME_SIZE - 1);
	pair_free(&p);
}

/* A byte or a word somewhere in what is shared becomes something else. */
static void corrupt(struct pair *p, uint32_t *random)
{
	struct {
		void *at;
		uint32_t size;
	} part[] = { { p->vring[0], p->vring_bytes },	  { p->vring[1], p->vring_bytes },
		     { p->pool, p->pool_bytes },	  { &p->vdev->status, 1 },
		     { p->session, sizeof(*p->session) }, { p->table, sizeof(*p->table) } };
	uint32_t which = pair_random(random) % 64, offset, value = pair_random(random);
	uint32_t size = 1u << pair_random(random) % 3;

	which = which < 3 ? 3 + which : which % 3;
	if (pair_random(random) % 2)
		value %= 2 * NUM; /* near what is right */
	if (size > part[which].size)
		size = 1;
	offset = pair_random(random) % (part[which].size - size + 1) & ~(size - 1);
	memcpy((uint8_t *)part[which].at + offset, &value, size);
}

static enum rpmsg_verdict any_verdict(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	uint32_t *random = e->arg;
	uint32_t sum = 0;
	uint8_t copy[POOL_BYTES];

	for (uint32_t i = 0; i < m->len; i++)
		sum += m->data[i];
	if (pair_random(random) % 4 == 0)
		return RPMSG_NOT_NOW;
	memcpy(copy, m->data, m->len);
	rpmsg_ept_send_to(e, m->src + sum, copy, m->len);
	return RPMSG_RELEASE;
}

static void act(struct pair_end *end, struct rpmsg_ept *e, uint32_t *random)
{
	struct rpmsg_message m;
	uint8_t data[PAIR_BUFFER] = { 0 };

	switch (pair_random(random) % 8) {
	case 0:
		rpmsg_ept_send_to(e, 2000, data, pair_random(random) % PAIR_BUFFER);
		break;
	case 1:
		if (!rpmsg_get_buffer(&end->link, &m)) {
			memset(m.data, 0x5a, m.len);
			if (pair_random(random) % 2)
				rpmsg_put_back(&end->link, &m);
			else
				rpmsg_send_buffer(&end->link, &m, 1, 2000, m.len);
		}
		break;
	case 2:
		rpmsg_link_may_sleep(&end->link);
		break;
	case 3:
		if (pair_random(random) % 16 == 0)
			rpmsg_link_start(&end->link);
		break;
	default:
		rpmsg_link_poll(&end->link, pair_random(random) % 4);
	}
}

/* Both ends go on whatever happens to what they share. */
static void random_corruption(void **state)
{
	uint32_t random = 2463534242u;

	(void)state;
	for (size_t r = 0; r < COUNT(pair_roles); r++) {
		uint32_t broken = 0, sessions = 0, bad = 0;

		for (int run = 0; run < 3000; run++) {
			struct rpmsg_ept e[2];
			struct pair p;

			open_pair(&p, e, pair_roles[r]);
			for (int i = 0; i < 2; i++) {
				e[i].receive = any_verdict;
				e[i].arg = &random;
			}
			for (int step = 0; step < 60; step++) {
				act(&p.a, &e[0], &random);
				act(&p.b, &e[1], &random);
				if (pair_random(&random) % 3 == 0)
					corrupt(&p, &random);
			}
			/* And once nobody does anything to it any more, it heals. */
			for (int i = 0; i < 4; i++) {
				rpmsg_link_poll(&p.a.link, 100);
				rpmsg_link_may_sleep(&p.a.link);
				rpmsg_link_poll(&p.b.link, 100);
				rpmsg_link_may_sleep(&p.b.link);
			}
			if (rpmsg_link_state(&p.a.link) == RPMSG_MISMATCH ||
			    rpmsg_link_state(&p.b.link) == RPMSG_MISMATCH)
				rpmsg_link_start(&p.a.link);
			if (pair_roles[r].way != PAIR_CLASSIC)
				assert_true(pair_settle(&p));
			broken += p.a.link.counters.broken + p.b.link.counters.broken;
			sessions += p.a.link.counters.sessions + p.b.link.counters.sessions;
			bad += p.a.link.counters.bad_message + p.b.link.counters.bad_message;
			pair_free(&p);
		}
		assert_true(broken > 1000); /* or the test has lost its teeth */
		assert_true(bad > 100);
		assert_true(sessions >= 6000);
	}
}

/* Nonsense seen because the master is just resetting is no nonsense, and spoils no status. */
static void reset_is_not_nonsense(void **state)
{
	struct rpmsg_ept e[2];
	struct rpmsg_message m;
	struct pair p;

	(void)state;
	open_pair(&p, e, pair_roles[1]);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(rpmsg_ept_send(&e[1], "x", 1), 0);
	assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 3);
	assert_int_equal(rpmsg_get_buffer(&p.a.link, &m), 0);
	/* What a look in the middle of it would see: reset, then rings zeroed. */
	p.vdev->status = 0;
	p.session->seen[p.b.link.config.end] = 0;
	p.session->epoch[p.b.link.config.end]++;
	memset(p.vring[0], 0, p.vring_bytes);
	memset(p.vring[1], 0, p.vring_bytes);
	assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 0);
	assert_int_equal(rpmsg_send_buffer(&p.a.link, &m, 1, 2, 3), RPMSG_E_STALE);
	assert_int_equal(p.a.link.counters.broken, 0);
	assert_int_equal(p.vdev->status, 0);
	for (uint32_t i = 0; i < p.vring_bytes; i++)
		assert_int_equal(p.vring[0][i] | p.vring[1][i], 0);
	pair_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(device_refuses_each_field),
		cmocka_unit_test(driver_refuses_each_field),
		cmocka_unit_test(buffers_come_once),
		cmocka_unit_test(bad_messages_are_dropped),
		cmocka_unit_test(name_without_end_is_cut_off),
		cmocka_unit_test(random_corruption),
		cmocka_unit_test(reset_is_not_nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
