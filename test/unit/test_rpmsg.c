/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages and channels, both ends in one process, for every pair of roles. */
#include "test/unit/link_pair.h"

#define NUM	8
#define PAYLOAD PAIR_PAYLOAD

static enum rpmsg_verdict echo(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct rpmsg_message reply;

	if (rpmsg_get_buffer(e->link, &reply) == RPMSG_E_NO_BUFFER)
		return RPMSG_NOT_NOW;
	memcpy(reply.data, m->data, m->len);
	assert_int_equal(rpmsg_send_buffer(e->link, &reply, e->addr, m->src, m->len), 0);
	return RPMSG_RELEASE;
}

/*
 * Every size, both ways, and often enough that all indices have wrapped; the last of 2^32 messages and
 * the first behind them.
 */
static void echoes_over(uint32_t num)
{
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		const uint32_t before = 0xffff8000;
		struct rpmsg_ept back;
		struct receiver r;
		struct pair p;
		uint8_t data[PAYLOAD];

		pair_make(&p, pair_roles[i], num);
		pair_start(&p);
		for (struct pair_end *end = &p.a; end; end = end == &p.a ? &p.b : NULL)
			end->link.counters.sent = end->link.counters.received =
				end->link.counters.kicks = before;
		open_receiver(&p.a.link, &r, NULL, RPMSG_ADDRESS_ANY);
		assert_int_equal(rpmsg_ept_create(&p.b.link, &back, NULL, 2000, RPMSG_ADDRESS_ANY,
						  echo, NULL),
				 0);
		for (uint32_t n = 0; n < 0x10100; n++) {
			uint32_t len = n % (PAYLOAD + 1);

			for (uint32_t k = 0; k < len; k++)
				data[k] = (uint8_t)(n + k);
			assert_int_equal(rpmsg_ept_send_to(&r.e, 2000, data, len), 0);
			assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 1);
			assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 1);
			assert_int_equal(r.len, len);
			assert_memory_equal(r.data, data, len);
			assert_int_equal(r.src, 2000);
		}
		assert_int_equal(p.a.link.counters.sent, before + 0x10100);
		assert_int_equal(p.a.link.counters.received, before + 0x10100);
		assert_int_equal(p.a.link.counters.sessions + p.b.link.counters.sessions, 2);
		pair_free(&p);
	}
}

static void echoes_are_intact(void **state)
{
	static const uint32_t nums[] = { 1, 2, NUM };

	(void)state;
	for (size_t i = 0; i < COUNT(nums); i++)
		echoes_over(nums[i]);
}

/* Bursts into a full ring: the sender is told, the echo waits, nothing is lost or out of order. */
static void bursts_over(uint32_t num)
{
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct rpmsg_ept back;
		struct receiver r;
		struct pair p;
		unsigned sent = 0, full = 0;
		uint32_t random = 1;

		pair_make(&p, pair_roles[i], num);
		pair_start(&p);
		open_receiver(&p.a.link, &r, NULL, RPMSG_ADDRESS_ANY);
		rpmsg_ept_create(&p.b.link, &back, NULL, 2000, RPMSG_ADDRESS_ANY, echo, NULL);
		while (r.count < 1000) {
			unsigned burst = pair_random(&random) % (3 * num);

			while (burst--) {
				uint8_t data = (uint8_t)sent;
				int result = rpmsg_ept_send_to(&r.e, 2000, &data, 1);

				if (result == RPMSG_E_NO_BUFFER) {
					full++;
					break;
				}
				assert_int_equal(result, 0);
				sent++;
			}
			rpmsg_link_poll(&p.b.link, pair_random(&random) % (2 * num));
			for (burst = pair_random(&random) % 4; burst; burst--)
				if (rpmsg_link_poll(&p.a.link, 1))
					assert_int_equal(r.data[0], (uint8_t)(r.count - 1));
		}
		for (int k = 0; k < 100; k++)
			pump(&p);
		assert_int_equal(r.count, sent);
		assert_true(full > 0);
		assert_true(p.b.link.counters.no_buffer > 0);
		pair_free(&p);
	}
}

static void back_pressure_loses_nothing(void **state)
{
	(void)state;
	for (uint32_t num = 1; num <= NUM; num *= 2)
		bursts_over(num);
}

/* The end that was out of buffers is kicked when there is one again, and not before. */
static void waiting_for_a_buffer_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver r;
		struct rpmsg_ept from;
		struct rpmsg_message m;
		struct pair p;
		unsigned kicked;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		open_receiver(&p.b.link, &r, NULL, 2000);
		rpmsg_ept_create(&p.a.link, &from, NULL, RPMSG_ADDRESS_ANY, 2000, echo, NULL);
		for (int n = 0; n < NUM; n++)
			assert_int_equal(rpmsg_ept_send(&from, &n, 1), 0);
		kicked = p.a.kicked;
		/* Not waiting yet: buffers that come back ring no bell. */
		assert_int_equal(rpmsg_link_poll(&p.b.link, 1), 1);
		assert_int_equal(p.a.kicked, kicked);
		assert_int_equal(rpmsg_ept_send(&from, &i, 1), 0);
		assert_int_equal(rpmsg_get_buffer(&p.a.link, &m), RPMSG_E_NO_BUFFER);
		assert_true(rpmsg_link_may_sleep(&p.a.link));
		assert_int_equal(rpmsg_link_poll(&p.b.link, 1), 1);
		assert_int_equal(p.a.kicked, kicked + 1);
		assert_false(rpmsg_link_may_sleep(&p.a.link)); /* looked again: there is one */
		assert_int_equal(rpmsg_get_buffer(&p.a.link, &m), 0);
		assert_int_equal(rpmsg_put_back(&p.a.link, &m), 0);
		pair_free(&p);
	}
}

/* A message that came between the last poll and the wish to sleep keeps the end awake. */
static void no_kick_is_lost(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver r, s;
		struct pair p;
		unsigned kicked;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		open_receiver(&p.a.link, &s, NULL, 2000);
		open_receiver(&p.b.link, &r, NULL, 2000);
		pump(&p);
		assert_int_equal(rpmsg_ept_send_to(&s.e, 2000, "1", 1), 0);
		assert_int_equal(rpmsg_link_poll(&p.b.link, 100),
				 1); /* awake: wants no kicks now */
		kicked = p.b.kicked + !p.a.link.transmit.obeyed;
		assert_int_equal(rpmsg_ept_send_to(&s.e, 2000, "2", 1), 0);
		assert_int_equal(p.b.kicked, kicked);
		assert_false(rpmsg_link_may_sleep(&p.b.link));
		assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 1);
		assert_true(rpmsg_link_may_sleep(&p.b.link));
		assert_int_equal(rpmsg_ept_send_to(&s.e, 2000, "3", 1), 0);
		assert_int_equal(p.b.kicked, kicked + 1);
		pair_free(&p);
	}
}

/* Releases its message, whose buffer comes back at once, and asks for more before it returns. */
static enum rpmsg_verdict take_and_poll(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct receiver *r = e->arg;
	struct rpmsg_ept *sender = r[1].e.arg;

	if (r->count++)
		return RPMSG_HOLD;
	assert_int_equal(rpmsg_release(e->link, m), 0);
	assert_int_equal(rpmsg_ept_send_to(sender, 2000, "again", 5), 0);
	assert_int_equal(rpmsg_link_poll(e->link, 100), 0);
	return RPMSG_RELEASE;
}

/* Else the first message's verdict would give back the second one's buffer, which is the same. */
static void no_poll_within_a_receiver(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver r[2] = { 0 };
		struct rpmsg_ept sender;
		struct pair p;

		pair_make(&p, pair_roles[i], 1);
		pair_start(&p);
		r[1].e.arg = &sender;
		assert_int_equal(rpmsg_ept_create(&p.a.link, &sender, NULL, 30, 2000, receiver_take,
						  NULL),
				 0);
		assert_int_equal(
			rpmsg_ept_create(&p.b.link, &r[0].e, NULL, 2000, 30, take_and_poll, r), 0);
		pump(&p);
		assert_int_equal(rpmsg_ept_send_to(&sender, 2000, "once", 4), 0);
		assert_int_equal(rpmsg_link_poll(&p.b.link, 1), 1);
		assert_int_equal(r[0].count, 1);
		assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 1);
		assert_int_equal(r[0].count, 2);
		/* Its only buffer is held. */
		assert_int_equal(rpmsg_ept_send_to(&sender, 2000, "x", 1), RPMSG_E_NO_BUFFER);
		assert_int_equal(p.a.link.counters.broken + p.b.link.counters.broken, 0);
		pair_free(&p);
	}
}

static void held_messages_stay(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver r, s;
		struct rpmsg_message twice;
		struct pair p;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		open_receiver(&p.a.link, &s, NULL, 2000);
		open_receiver(&p.b.link, &r, NULL, 2000);
		r.verdict = RPMSG_HOLD;
		for (uint8_t n = 0; n < NUM; n++) {
			assert_int_equal(rpmsg_ept_send_to(&s.e, 2000, &n, 1), 0);
			assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 1);
		}
		assert_int_equal(rpmsg_ept_send_to(&s.e, 2000, "x", 1), RPMSG_E_NO_BUFFER);
		for (uint8_t n = NUM; n-- > 0;) { /* in any order */
			assert_int_equal(r.held[n].data[0], n);
			twice = r.held[n];
			assert_int_equal(rpmsg_release(&p.b.link, &r.held[n]), 0);
		}
		rpmsg_release(&p.b.link, &twice); /* a caller's mistake does no harm */
		r.count = 0;
		r.verdict = RPMSG_RELEASE;
		for (uint8_t n = 0; n < NUM; n++)
			assert_int_equal(rpmsg_ept_send_to(&s.e, 2000, &n, 1), 0);
		assert_int_equal(rpmsg_ept_send_to(&s.e, 2000, "x", 1), RPMSG_E_NO_BUFFER);
		assert_int_equal(rpmsg_link_poll(&p.b.link, 100), NUM);
		assert_int_equal(p.b.link.counters.broken + p.a.link.counters.broken, 0);
		pair_free(&p);
	}
}

static char heard[RPMSG_NAME_SIZE];
static uint32_t heard_addr;
static int heard_created, heard_destroyed;

static void hear(void *arg, const char *name, uint32_t addr, bool created)
{
	(void)arg;
	strcpy(heard, name);
	heard_addr = addr;
	*(created ? &heard_created : &heard_destroyed) += 1;
}

static void channels_come_and_go(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver a, b;
		struct pair p;

		heard_created = heard_destroyed = 0;
		pair_make(&p, pair_roles[i], NUM);
		p.a.link.config.name_service = hear;
		pair_start(&p);
		open_receiver(&p.b.link, &b, "rpmsg-raw", RPMSG_ADDRESS_ANY);
		assert_int_equal(b.e.addr, RPMSG_DYNAMIC_FIRST);
		assert_int_equal(rpmsg_ept_send(&b.e, "x", 1), RPMSG_E_NO_DESTINATION);
		pump(&p);
		assert_int_equal(heard_created, 1);
		assert_string_equal(heard, "rpmsg-raw");
		assert_int_equal(heard_addr, RPMSG_DYNAMIC_FIRST);
		/* A local endpoint of that name learns where to send to from the announcement. */
		open_receiver(&p.a.link, &a, "rpmsg-raw", 3000);
		assert_int_equal(rpmsg_ept_destroy(&b.e), 0);
		open_receiver(&p.b.link, &b, "rpmsg-raw", 1500);
		pump(&p);
		assert_int_equal(heard_destroyed, 1);
		assert_int_equal(heard_created, 2);
		assert_int_equal(a.e.dst, 1500);
		assert_int_equal(b.e.dst, 3000);
		assert_int_equal(rpmsg_ept_send(&a.e, "hello", 5), 0);
		pump(&p);
		assert_int_equal(b.len, 5);
		/* Withdrawn: the destination is forgotten. */
		assert_int_equal(rpmsg_ept_destroy(&b.e), 0);
		pump(&p);
		assert_int_equal(heard_destroyed, 2);
		assert_int_equal(rpmsg_ept_send(&a.e, "x", 1), RPMSG_E_NO_DESTINATION);
		assert_int_equal(rpmsg_ept_send_to(&a.e, 1500, "x", 1), 0);
		pump(&p);
		assert_int_equal(p.b.link.counters.no_endpoint, 1);
		pair_free(&p);
	}
}

/* What a peer still sends to an endpoint that has gone finds nobody, not the next endpoint. */
static void addresses_are_not_given_out_again_at_once(void **state)
{
	struct receiver r, others[2];
	struct pair p;

	(void)state;
	pair_make(&p, pair_roles[0], NUM);
	pair_start(&p);
	open_receiver(&p.b.link, &others[0], NULL, RPMSG_DYNAMIC_FIRST + 2);
	for (uint32_t n = 0; n < 2 * RPMSG_DYNAMIC_COUNT; n++) {
		uint32_t before = r.e.addr;

		open_receiver(&p.b.link, &r, NULL, RPMSG_ADDRESS_ANY);
		if (n % (RPMSG_DYNAMIC_COUNT - 1) == 0)
			assert_int_equal(r.e.addr, RPMSG_DYNAMIC_FIRST);
		else
			assert_int_equal(r.e.addr,
					 before + (before == RPMSG_DYNAMIC_FIRST + 1 ? 2 : 1));
		assert_int_equal(rpmsg_ept_destroy(&r.e), 0);
	}
	/* One that is asked for by number is there at once. */
	open_receiver(&p.b.link, &others[1], NULL, r.e.addr);
	pair_free(&p);
}

/* An endpoint becomes a channel when its owner is ready, and an endpoint again. */
static void endpoint_becomes_a_channel(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver a, b;
		struct pair p;

		heard_created = heard_destroyed = 0;
		pair_make(&p, pair_roles[i], NUM);
		p.a.link.config.name_service = hear;
		pair_start(&p);
		open_receiver(&p.b.link, &b, NULL, 2000);
		pump(&p);
		assert_int_equal(heard_created, 0);
		assert_int_equal(rpmsg_ept_announce(&b.e, "0123456789012345678901234567890x"),
				 RPMSG_E_TOO_LONG);
		assert_int_equal(rpmsg_ept_announce(&b.e, "late"), 0);
		pump(&p);
		assert_int_equal(heard_created, 1);
		assert_string_equal(heard, "late");
		assert_int_equal(heard_addr, 2000);
		assert_int_equal(rpmsg_ept_withdraw(&b.e), 0);
		assert_int_equal(rpmsg_ept_withdraw(&b.e), 0);
		pump(&p);
		assert_int_equal(heard_destroyed, 1);
		/* Nobody withdraws it a second time. */
		open_receiver(&p.a.link, &a, NULL, 3000);
		assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, "x", 1), 0);
		assert_int_equal(rpmsg_ept_destroy(&b.e), 0);
		pump(&p);
		assert_int_equal(heard_destroyed, 1);
		assert_int_equal(p.b.link.counters.no_endpoint, 1);
		pair_free(&p);
	}
}

/* The bytes of an announcement, as Linux's rpmsg/ns.h has them. */
static void announcement_is_as_linux_wants(void **state)
{
	static const uint8_t want[56] = {
		0,   4,	  0,   0,   53,	 0,   0,   0,	0,	  0, 0, 0, 40, 0, 0, 0, 'r',
		'p', 'm', 's', 'g', '-', 'r', 'a', 'w', [48] = 0, 4, 0, 0, 0,  0, 0, 0,
	};
	struct receiver b;
	struct pair p;

	(void)state;
	pair_make(&p, pair_roles[0], NUM);
	pair_start(&p);
	open_receiver(&p.b.link, &b, "rpmsg-raw", RPMSG_ADDRESS_ANY);
	rpmsg_link_poll(&p.b.link, 1);
	assert_memory_equal(p.pool, want, sizeof(want));
	/* No name service without the feature, which the master accepts. */
	p.vdev->dfeatures = 0;
	assert_int_equal(rpmsg_link_start(&p.a.link), 0);
	assert_true(pair_settle(&p));
	rpmsg_link_poll(&p.b.link, 1);
	assert_int_equal(p.b.link.counters.sent, 1);
	pair_free(&p);
}

/* Announcements and withdrawals wait for buffers; none is lost, none is sent twice. */
static void announcements_wait_for_buffers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver b[4];
		char name[] = "channel-0";
		struct pair p;

		heard_created = heard_destroyed = 0;
		pair_make(&p, pair_roles[i], 2);
		p.a.link.config.name_service = hear;
		pair_start(&p);
		for (unsigned n = 0; n < COUNT(b); n++) {
			name[8] = (char)('0' + n);
			open_receiver(&p.b.link, &b[n], name, RPMSG_ADDRESS_ANY);
			assert_int_equal(b[n].e.addr, RPMSG_DYNAMIC_FIRST + n);
		}
		rpmsg_link_poll(&p.b.link, 1);
		assert_int_equal(p.b.link.counters.sent, 2);
		assert_int_equal(rpmsg_ept_destroy(&b[0].e), RPMSG_E_NO_BUFFER);
		pump(&p);
		assert_int_equal(heard_created, 4);
		assert_string_equal(heard, "channel-3"); /* in the order of their making */
		assert_int_equal(rpmsg_ept_destroy(&b[0].e), 0);
		pump(&p);
		assert_int_equal(heard_destroyed, 1);
		pair_free(&p);
	}
}

static void addresses_and_names_are_checked(void **state)
{
	struct rpmsg_ept e;
	struct receiver r;
	struct pair p;
	uint8_t data[PAYLOAD + 1] = { 0 };

	(void)state;
	pair_make(&p, pair_roles[0], NUM);
	pair_start(&p);
	open_receiver(&p.a.link, &r, NULL, 1024);
	assert_int_equal(rpmsg_ept_create(&p.a.link, &e, NULL, 1024, 1, receiver_take, NULL),
			 RPMSG_E_ADDRESS);
	assert_int_equal(rpmsg_ept_create(&p.a.link, &e, NULL, 53, 1, receiver_take, NULL),
			 RPMSG_E_ADDRESS);
	assert_int_equal(rpmsg_ept_create(&p.a.link, &e, "0123456789abcdef0123456789abcdef",
					  RPMSG_ADDRESS_ANY, 1, receiver_take, NULL),
			 RPMSG_E_TOO_LONG);
	assert_int_equal(rpmsg_ept_create(&p.a.link, &e, NULL, RPMSG_ADDRESS_ANY, 1, receiver_take,
					  NULL),
			 0);
	assert_int_equal(e.addr, 1025);
	/* Too long a message takes no buffer away. */
	for (int n = 0; n < 2 * NUM; n++)
		assert_int_equal(rpmsg_ept_send_to(&r.e, 7, data, PAYLOAD + 1), RPMSG_E_TOO_LONG);
	for (int n = 0; n < NUM; n++)
		assert_int_equal(rpmsg_ept_send_to(&r.e, 7, data, PAYLOAD), 0);
	pair_free(&p);
}

static void bad_descriptions_are_refused(void **state)
{
	struct rpmsg_config bad[14];
	struct rpmsg_link l;
	struct pair p;

	(void)state;
	pair_make(&p, pair_roles[0], NUM);
	for (size_t i = 0; i < COUNT(bad); i++)
		bad[i] = p.a.config;
	bad[0].role = (enum link_role)1; /* a driver that receives but does not send: nobody */
	bad[1].role = (enum link_role)4;
	bad[2].buffer_len = 16;
	bad[3].session = NULL;
	bad[3].vdev = NULL;
	bad[4].kick = NULL;
	bad[5].receive.num = 3;
	bad[6].transmit.count = NUM + 1;
	bad[7].transmit.first = NUM + 1;
	bad[8].pool_size -= 1;
	bad[9].receive.first = 0xffffffff;
	bad[10].session = NULL; /* two alike have no status */
	bad[10].role = LINK_SYMMETRIC;
	bad[11].end = (enum link_end)2;
	bad[12].buffer_len = 0;
	bad[13].shadow = NULL;
	assert_int_equal(rpmsg_link_init(&l, &p.a.config), 0);
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(rpmsg_link_init(&l, &bad[i]), RPMSG_E_CONFIG);
	pair_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(echoes_are_intact),
		cmocka_unit_test(back_pressure_loses_nothing),
		cmocka_unit_test(waiting_for_a_buffer_ends),
		cmocka_unit_test(no_kick_is_lost),
		cmocka_unit_test(no_poll_within_a_receiver),
		cmocka_unit_test(held_messages_stay),
		cmocka_unit_test(channels_come_and_go),
		cmocka_unit_test(addresses_are_not_given_out_again_at_once),
		cmocka_unit_test(endpoint_becomes_a_channel),
		cmocka_unit_test(announcement_is_as_linux_wants),
		cmocka_unit_test(announcements_wait_for_buffers),
		cmocka_unit_test(addresses_and_names_are_checked),
		cmocka_unit_test(bad_descriptions_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
