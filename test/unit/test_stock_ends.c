/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What ends by others do and want, as their sources have it: OpenAMP's open-amp (rpmsg_virtio.c,
 * virtqueue.c), NXP's rpmsg-lite (rpmsg_lite.c, virtqueue.c), Linux's virtio_rpmsg_bus and rpmsg_ns.
 * None of them has session words.
 */
#include "test/unit/link_pair.h"

#define NUM	    8
#define DRIVER_OK   4u
#define NEEDS_RESET 0x40u
#define CLASSIC	    (pair_roles + PAIRS_WITH_WORDS)

/* ---- rings by hand, as such an end sees them ---- */

struct stock_ring {
	volatile struct vring_desc *desc;
	volatile struct vring_head *avail, *used;
	uint16_t taken; /* of the ring that it reads */
};

static volatile uint16_t *available(const struct stock_ring *r, unsigned i)
{
	return (volatile uint16_t *)(r->avail + 1) + i % NUM;
}

static volatile struct vring_used_elem *used(const struct stock_ring *r, unsigned i)
{
	return (volatile struct vring_used_elem *)(r->used + 1) + i % NUM;
}

static struct stock_ring ring_of(const struct pair *p, unsigned vring)
{
	uint8_t *at = p->vring[vring];

	return (struct stock_ring){ .desc = (void *)at,
				    .avail = (void *)(at + NUM * 16),
				    .used = (void *)(at + p->vring_bytes - 6 - NUM * 8) };
}

static uint8_t *content(const struct pair *p, const struct stock_ring *r, unsigned id)
{
	return p->pool + (r->desc[id].addr - PAIR_POOL_AT);
}

/* ---- rpmsg-lite as master: rpmsg_lite_master_init() ---- */

static void lite_start(struct pair *p, struct stock_ring ring[2])
{
	p->vdev->status = 0;
	for (unsigned v = 0; v < 2; v++) {
		memset(p->vring[v], 0, p->vring_bytes);
		ring[v] = ring_of(p, v);
		ring[v].avail->flags = VRING_NO_INTERRUPT; /* and never takes it back */
		for (uint16_t i = 0; i < NUM; i++) {
			ring[v].desc[i].addr = PAIR_POOL_AT + (v * NUM + i) * PAIR_BUFFER;
			ring[v].desc[i].len = PAIR_BUFFER;
			ring[v].desc[i].flags = VRING_DESC_WRITE; /* on both */
			if (v == 0) { /* virtqueue_fill_avail_buffers() */
				*available(&ring[v], i) = i;
				ring[v].avail->idx++;
			} else { /* virtqueue_fill_used_buffers() */
				used(&ring[v], i)->id = i;
				used(&ring[v], i)->len = PAIR_BUFFER;
				ring[v].used->idx++;
			}
		}
	}
	p->vdev->gfeatures = RPMSG_FEATURE_NS;
	p->vdev->status = DRIVER_OK; /* what its port to a board has to do for us */
}

/* virtqueue_get_buffer(): the length counts when it fills the buffer, or clears it. */
static bool lite_take(struct stock_ring *r, uint16_t *id, uint32_t *len)
{
	if (r->taken == r->used->idx)
		return false;
	*id = (uint16_t)used(r, r->taken)->id;
	*len = used(r, r->taken++)->len;
	return true;
}

static void lite_send(struct pair *p, struct stock_ring *tx, uint32_t dst, uint8_t value)
{
	struct rpmsg_header h = { .src = 30, .dst = dst, .len = 1 };
	uint32_t len;
	uint16_t id;

	assert_true(lite_take(tx, &id, &len));
	assert_int_equal(len, PAIR_BUFFER); /* RL_ERR_BUFF_SIZE otherwise */
	memcpy(content(p, tx, id), &h, sizeof(h));
	content(p, tx, id)[sizeof(h)] = value;
	*available(tx, tx->avail->idx) = id;
	tx->avail->idx++;
}

/* A message that has come; its buffer is posted again. */
static void lite_receive(struct pair *p, struct stock_ring *rx, uint32_t dst, uint32_t want)
{
	struct rpmsg_header h;
	uint32_t len;
	uint16_t id;

	assert_true(lite_take(rx, &id, &len));
	assert_int_equal(len, PAIR_BUFFER);
	memcpy(&h, content(p, rx, id), sizeof(h));
	assert_int_equal(h.dst, dst);
	assert_int_equal(h.len, want);
	*available(rx, rx->avail->idx) = id;
	rx->avail->idx++;
}

static struct rpmsg_link *lite_remote(struct pair *p)
{
	pair_make(p, CLASSIC[1], NUM);
	assert_int_equal(p->a.link.config.role, LINK_REMOTE);
	rpmsg_link_start(&p->a.link);
	return &p->a.link;
}

static void rpmsg_lite_is_master(void **state)
{
	struct stock_ring ring[2];
	struct receiver r;
	struct pair p;
	struct rpmsg_link *l = lite_remote(&p);

	(void)state;
	open_receiver(l, &r, "ch", 2000);
	for (unsigned life = 0; life < 3; life++) {
		lite_start(&p, ring);
		rpmsg_link_poll(l, 100);
		assert_int_equal(rpmsg_link_state(l), RPMSG_UP);
		lite_receive(&p, &ring[0], RPMSG_ADDRESS_NAMES, sizeof(struct rpmsg_name_message));
		r.count = 0;
		for (unsigned n = 0; n < 0x10000 + 3 * NUM; n++) {
			unsigned kicked;

			lite_send(&p, &ring[1], 2000, (uint8_t)n);
			assert_int_equal(rpmsg_link_poll(l, 100), 1);
			assert_int_equal(r.data[0], (uint8_t)n);
			kicked = p.b.kicked;
			assert_int_equal(rpmsg_ept_send_to(&r.e, 30, "xyz", 3), 0);
			assert_int_equal(p.b.kicked, kicked + 1); /* or it never looks */
			lite_receive(&p, &ring[0], 30, 3);
		}
		assert_int_equal(r.count, 0x10000 + 3 * NUM);
	}
	assert_int_equal(l->counters.broken, 0);
	assert_int_equal(l->counters.sessions, 3);
	pair_free(&p);
}

/* It may have sent much before we come; as much as there is, and we can't tell it from an old ring. */
static void rpmsg_lite_comes_first(void **state)
{
	(void)state;
	for (unsigned sent = 0; sent <= NUM; sent++) {
		struct stock_ring ring[2];
		struct receiver r;
		struct pair p;
		struct rpmsg_link *l = lite_remote(&p);

		open_receiver(l, &r, NULL, 2000);
		lite_start(&p, ring);
		for (unsigned n = 0; n < sent; n++)
			lite_send(&p, &ring[1], 2000, 1);
		rpmsg_link_poll(l, 100);
		assert_int_equal(r.count, sent == NUM ? 0 : sent);
		assert_int_equal(p.vdev->status & NEEDS_RESET, sent == NUM ? NEEDS_RESET : 0);
		pair_free(&p);
	}
}

/* A ring that an earlier life of ours has used is none that was filled, wherever it stands. */
static void old_rings_are_not_taken_for_filled_ones(void **state)
{
	(void)state;
	for (unsigned messages = 1; messages <= 3 * NUM; messages++) {
		struct receiver r;
		struct rpmsg_ept from;
		struct pair p;

		pair_make(&p, CLASSIC[0], NUM);
		pair_start(&p);
		open_receiver(&p.b.link, &r, NULL, 2000);
		rpmsg_ept_create(&p.a.link, &from, NULL, 30, 2000, receiver_take, &r);
		for (unsigned n = 0; n < messages; n++) {
			assert_int_equal(rpmsg_ept_send(&from, "x", 1), 0);
			assert_int_equal(rpmsg_link_poll(&p.b.link, 1), 1);
		}
		if (messages % 2) /* and some more that nobody has read */
			assert_int_equal(rpmsg_ept_send(&from, "x", 1), 0);
		assert_int_equal(rpmsg_link_init(&p.b.link, &p.b.config), 0);
		rpmsg_link_start(&p.b.link);
		assert_int_equal(rpmsg_link_state(&p.b.link), RPMSG_WAITING);
		assert_int_equal(p.vdev->status & NEEDS_RESET, NEEDS_RESET);
		pair_free(&p);
	}
}

/* ---- used lengths ---- */

/*
 * open-amp's and rpmsg-lite's masters fill a returned buffer up to its used length, and older ones post a
 * received one anew with it. Their own remotes return the descriptor's, always.
 */
static void remotes_return_whole_buffers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct pair_roles roles = pair_roles[i];
		struct stock_ring ring;
		struct receiver r;
		struct rpmsg_ept from;
		struct rpmsg_message m;
		struct pair p;

		if (roles.b != LINK_REMOTE)
			continue;
		pair_make(&p, roles, NUM);
		pair_start(&p);
		ring = ring_of(&p, 1);
		open_receiver(&p.b.link, &r, NULL, 2000);
		rpmsg_ept_create(&p.a.link, &from, NULL, 30, 2000, receiver_take, &r);
		for (unsigned n = 0; n < NUM; n++) {
			r.verdict = n % 2 ? RPMSG_HOLD : RPMSG_RELEASE;
			assert_int_equal(rpmsg_ept_send(&from, "xyz", n % 4), 0);
			/* Whatever is in it, with a stock master. */
			ring.desc[*available(&ring, n)].len = PAIR_BUFFER;
			assert_int_equal(rpmsg_link_poll(&p.b.link, 1), 1);
			m = r.held[n];
			if (n % 2)
				assert_int_equal(rpmsg_release(&p.b.link, &m), 0);
			assert_int_equal(used(&ring, n)->len, PAIR_BUFFER);
		}
		ring = ring_of(&p, 0);
		assert_int_equal(rpmsg_ept_send_to(&r.e, 30, "x", 1), 0);
		assert_int_equal(used(&ring, 0)->len, PAIR_BUFFER);
		pair_free(&p);
	}
}

/* ---- bells ---- */

static struct pair *watched;
static unsigned early_bells;

static void kick_after_driver_ok(void *arg)
{
	early_bells += !(watched->vdev->status & DRIVER_OK);
	pair_kick(arg);
}

/* rpmsg-lite's remote takes the first bell for "the link is up", and begins to send. */
static void no_bell_comes_before_driver_ok(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct receiver r;
		struct pair p;

		pair_make(&p, CLASSIC[i], NUM);
		watched = &p;
		early_bells = 0;
		p.a.link.config.kick = p.b.link.config.kick = kick_after_driver_ok;
		open_receiver(&p.b.link, &r, "ch", RPMSG_ADDRESS_ANY);
		for (unsigned round = 0; round < 3; round++) {
			rpmsg_link_start(&p.b.link);
			rpmsg_link_start(&p.a.link);
			assert_true(pair_settle(&p));
			pump(&p);
			rpmsg_link_stop(&p.a.link);
			rpmsg_link_stop(&p.b.link);
		}
		assert_int_equal(early_bells, 0);
		assert_true(pair_master(&p)->other->kicked);
		pair_free(&p);
	}
}

/* Buffers that come back without a bell, as rpmsg-lite returns them, are found by who looks. */
static void buffers_come_back_in_silence(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver r;
		struct rpmsg_ept from;
		struct pair p;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		open_receiver(&p.b.link, &r, NULL, 2000);
		rpmsg_ept_create(&p.a.link, &from, NULL, 30, 2000, receiver_take, &r);
		while (r.count < 1000) {
			for (unsigned n = 0; n < NUM; n++)
				assert_int_equal(rpmsg_ept_send(&from, &n, 4), 0);
			assert_int_equal(rpmsg_ept_send(&from, "x", 1), RPMSG_E_NO_BUFFER);
			assert_true(rpmsg_link_may_sleep(&p.a.link));
			while (rpmsg_link_poll(&p.b.link, 100))
				;
			/* Kicked or not, it wakes up sooner or later, and then there they are. */
			assert_false(rpmsg_link_may_sleep(&p.a.link));
		}
		pair_free(&p);
	}
}

/* ---- name service ---- */

static unsigned created, destroyed;

static void hear(void *arg, const char *name, uint32_t addr, bool made)
{
	(void)arg, (void)name, (void)addr;
	created += made;
	destroyed += !made;
}

/* Linux looks at bit 0 alone. NuttX creates with 2, since it wants an answer. */
static void flags_are_read_as_linux_does(void **state)
{
	struct rpmsg_name_message name = { .name = "ch", .addr = 7 };
	struct rpmsg_ept e;
	struct pair p;

	(void)state;
	pair_make(&p, pair_roles[0], NUM);
	p.a.link.config.name_service = hear;
	pair_start(&p);
	rpmsg_ept_create(&p.b.link, &e, NULL, 7, RPMSG_ADDRESS_NAMES, receiver_take, NULL);
	for (name.flags = 0; name.flags < 4; name.flags++)
		assert_int_equal(rpmsg_ept_send(&e, &name, sizeof(name)), 0);
	rpmsg_link_poll(&p.a.link, 100);
	assert_int_equal(created, 2);
	assert_int_equal(destroyed, 2);
	assert_int_equal(p.a.link.counters.bad_message, 0);
	pair_free(&p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(rpmsg_lite_is_master),
		cmocka_unit_test(rpmsg_lite_comes_first),
		cmocka_unit_test(old_rings_are_not_taken_for_filled_ones),
		cmocka_unit_test(remotes_return_whole_buffers),
		cmocka_unit_test(no_bell_comes_before_driver_ok),
		cmocka_unit_test(buffers_come_back_in_silence),
		cmocka_unit_test(flags_are_read_as_linux_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
