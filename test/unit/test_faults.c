/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What goes wrong between two ends that both mean well: kicks, restarts, too much of everything.
 * Nothing hangs, and nothing is lost without being counted. For every pair of roles and every way.
 */
#include "test/unit/link_pair.h"

#define NUM 8

/* ---- kicks ---- */

enum kick_fault {
	KICK_DROPPED,
	KICK_DOUBLED,
	KICK_LATE,
	KICK_FAULTS
};

struct faulty { /* an end whose bell is not to be relied on */
	struct rpmsg_ept e;
	struct pair_end *end;
	enum kick_fault fault;
	uint32_t random;
	unsigned late;	    /* kicks that are still on their way */
	unsigned next, got; /* numbers in messages: to send, received */
	unsigned dropped;
};

static void kick_faultily(void *arg)
{
	struct pair_end *end = arg;
	struct faulty *f = end->link.endpoints->arg; /* the sender's side of the bell */
	bool fault = pair_random(&f->random) % 3 == 0;

	if (!fault || f->fault == KICK_DOUBLED)
		end->other->kicked += fault ? 2 : 1;
	else if (f->fault == KICK_LATE)
		f->late++;
	else
		f->dropped++;
}

static enum rpmsg_verdict take_in_order(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct faulty *f = e->arg;
	unsigned number;

	assert_int_equal(m->len, sizeof(number));
	memcpy(&number, m->data, sizeof(number));
	assert_int_equal(number, f->got);
	f->got++;
	return RPMSG_RELEASE;
}

static void send_numbers(struct faulty *f, unsigned count)
{
	while (count-- && !rpmsg_ept_send(&f->e, &f->next, sizeof(f->next)))
		f->next++;
}

static bool kicked(const struct pair *p)
{
	return p->a.kicked != p->a.looked || p->b.kicked != p->b.looked;
}

static void kicks_are_not_to_be_relied_on(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++)
		for (enum kick_fault fault = 0; fault < KICK_FAULTS; fault++) {
			struct faulty f[2];
			struct pair p;

			pair_make(&p, pair_roles[i], NUM);
			for (unsigned k = 0; k < 2; k++) {
				f[k] = (struct faulty){ .end = k ? &p.b : &p.a,
							.fault = fault,
							.random = 77 + k };
				f[k].end->link.config.kick = kick_faultily;
				rpmsg_ept_create(&f[k].end->link, &f[k].e, NULL, 2000, 2000,
						 take_in_order, &f[k]);
			}
			rpmsg_link_start(&p.a.link);
			rpmsg_link_start(&p.b.link);
			for (unsigned round = 0; f[0].got < 1000 || f[1].got < 1000; round++) {
				assert_true(round < 10000);
				for (unsigned k = 0; k < 2; k++) {
					if (f[k].end->kicked != f[k].end->looked)
						look(f[k].end);
					if (f[k].next < 1000)
						send_numbers(&f[k], round % 4);
					if (f[k].late && round % 3 == 0) {
						f[k].late--;
						f[k].end->other->kicked++;
					}
				}
				if (kicked(&p) || f[0].late || f[1].late)
					continue;
				/* All are asleep, until their patience ends. */
				look(&p.a);
				look(&p.b);
			}
			assert_int_equal(f[0].got, f[1].next);
			assert_int_equal(f[1].got, f[0].next);
			assert_int_equal(p.a.link.counters.broken + p.b.link.counters.broken, 0);
			assert_int_equal(p.a.link.counters.sessions, 1);
			assert_true(fault != KICK_DROPPED || f[0].dropped + f[1].dropped > 10);
			pair_free(&p);
		}
}

/* ---- an end that stops for a while, or for good ---- */

/* It has a buffer half filled when it stops. Later it is entered anew, or goes on as if nothing were. */
static void peer_stops_amid_a_message(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++)
		for (unsigned anew = 0; anew < 2; anew++) {
			struct receiver a, b;
			struct rpmsg_message half;
			struct pair p;
			unsigned sent = 0;

			if (anew && pair_roles[i].way == PAIR_CLASSIC)
				continue; /* see the tests of sessions */
			pair_make(&p, pair_roles[i], NUM);
			pair_start(&p);
			open_receiver(&p.a.link, &a, NULL, 2000);
			open_receiver(&p.b.link, &b, NULL, 2000);
			assert_int_equal(rpmsg_get_buffer(&p.b.link, &half), 0);
			memset(half.data, 0x5a, half.len / 2);
			/* The other end goes on until it is told that there is no room. */
			while (!rpmsg_ept_send_to(&a.e, 2000, "x", 1))
				sent++;
			for (int k = 0; k < 100; k++)
				look(&p.a);
			assert_int_equal(a.count, 0);
			assert_int_equal(sent, NUM);
			if (anew) {
				memset(&p.b.link, 0xee, sizeof(p.b.link));
				assert_int_equal(rpmsg_link_init(&p.b.link, &p.b.config), 0);
				open_receiver(&p.b.link, &b, NULL, 2000);
				rpmsg_link_start(&p.b.link);
				run_by_kicks(&p);
				assert_int_equal(b.count, 0); /* meant for another life */
			} else {
				rpmsg_send_buffer(&p.b.link, &half, 2000, 2000, half.len);
				look(&p.b);
				look(&p.a);
				assert_int_equal(a.count, 1);
				assert_int_equal(b.count, NUM);
			}
			/* No buffer is missing on either side. */
			for (unsigned k = 0; k < NUM; k++) {
				assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, "x", 1), 0);
				assert_int_equal(rpmsg_ept_send_to(&b.e, 2000, "x", 1), 0);
			}
			look(&p.a);
			look(&p.b);
			assert_int_equal(a.count, NUM + !anew);
			assert_int_equal(b.count, anew ? NUM : 2 * NUM);
			assert_int_equal(p.a.link.counters.broken, 0);
			pair_free(&p);
		}
}

/* ---- too much ---- */

/* All buffers are held for long; the sender tries again and again, and is told each time. */
static void pool_is_exhausted(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver a, b;
		struct pair p;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		open_receiver(&p.a.link, &a, NULL, 2000);
		open_receiver(&p.b.link, &b, NULL, 2000);
		b.verdict = RPMSG_HOLD;
		for (uint8_t n = 0; n < NUM; n++)
			assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, &n, 1), 0);
		for (int n = 0; n < 10000; n++) {
			assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, "x", 1), RPMSG_E_NO_BUFFER);
			rpmsg_link_poll(&p.b.link, 100);
			rpmsg_link_may_sleep(&p.b.link);
			rpmsg_link_may_sleep(&p.a.link);
			/* The other direction does not mind. */
			assert_int_equal(rpmsg_ept_send_to(&b.e, 2000, "y", 1), 0);
			assert_int_equal(rpmsg_link_poll(&p.a.link, 100), 1);
		}
		assert_int_equal(p.a.link.counters.no_buffer, 10000);
		assert_int_equal(b.count, NUM);
		for (unsigned n = 0; n < NUM; n++)
			assert_int_equal(rpmsg_release(&p.b.link, &b.held[n]), 0);
		for (uint8_t n = 0; n < NUM; n++)
			assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, &n, 1), 0);
		assert_int_equal(p.a.link.counters.sessions, 1);
		pair_free(&p);
	}
}

static unsigned names_heard;

static void hear(void *arg, const char *name, uint32_t addr, bool created)
{
	(void)arg, (void)name, (void)addr, (void)created;
	names_heard++;
}

/* Names without end: each is counted, none takes memory, and other messages come through. */
static void name_service_flood(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver a, b;
		struct pair p;
		uint32_t sent = 0, answers = 0;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		p.a.link.config.name_service = hear;
		names_heard = 0;
		open_receiver(&p.a.link, &a, NULL, 2000);
		open_receiver(&p.b.link, &b, NULL, 2000);
		while (sent < 10000) {
			struct rpmsg_name_message n = { .addr = sent, .flags = sent % 3 == 2 };

			snprintf(n.name, sizeof(n.name), "flood-%u", sent / 3);
			if (!rpmsg_ept_send_to(&b.e, RPMSG_ADDRESS_NAMES, &n, sizeof(n))) {
				sent++;
				continue;
			}
			/* A poll takes no more than it was told to. */
			assert_int_equal(rpmsg_link_poll(&p.a.link, 3), 3);
			assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, "x", 1), 0);
			assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 1);
			answers++;
		}
		look(&p.a);
		assert_int_equal(p.a.link.counters.names, sent);
		assert_int_equal(names_heard, sent);
		assert_int_equal(b.count, answers);
		assert_true(answers > 1000);
		assert_int_equal(p.a.link.counters.broken + p.a.link.counters.bad_message, 0);
		pair_free(&p);
	}
}

/* Channels come and go from both sides at once; whoever is there is known to the other end. */
static void a_thousand_channels(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct pair p;
		struct receiver r[2];
		bool there[2] = { false, false };
		uint32_t random = 5;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		for (unsigned n = 0; n < 2000; n++) {
			unsigned k = n % 2;
			struct rpmsg_link *l = k ? &p.b.link : &p.a.link;

			if (!there[k])
				open_receiver(l, &r[k], "ch", RPMSG_ADDRESS_ANY);
			else
				assert_int_equal(rpmsg_ept_destroy(&r[k].e), 0);
			there[k] = !there[k];
			if (pair_random(&random) % 2)
				run_by_kicks(&p);
			look(&p.a);
			look(&p.b);
		}
		for (unsigned k = 0; k < 2; k++)
			if (there[k])
				assert_int_equal(rpmsg_ept_destroy(&r[k].e), 0);
		look(&p.a);
		look(&p.b);
		assert_null(p.a.link.endpoints);
		assert_null(p.b.link.endpoints);
		assert_int_equal(p.a.link.counters.names, 1000);
		assert_int_equal(p.b.link.counters.names, 1000);
		/* And all is as on the first day, each end learning of the other. */
		open_receiver(&p.a.link, &r[0], "ch", 3000);
		open_receiver(&p.b.link, &r[1], "ch", 3001);
		look(&p.a);
		look(&p.b);
		look(&p.a);
		assert_int_equal(r[0].e.dst, 3001);
		assert_int_equal(r[1].e.dst, 3000);
		assert_int_equal(rpmsg_ept_destroy(&r[0].e), 0);
		look(&p.b);
		assert_int_equal(r[1].e.dst, RPMSG_ADDRESS_ANY);
		pair_free(&p);
	}
}

/* A sender before its destination exists: it is told, or the message is counted, never kept for later. */
static void sender_before_its_destination(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct receiver early, late;
		struct pair p;

		pair_make(&p, pair_roles[i], NUM);
		open_receiver(&p.a.link, &early, "ch", 2000);
		assert_int_equal(rpmsg_ept_send(&early.e, "x", 1), RPMSG_E_NO_DESTINATION);
		assert_int_equal(rpmsg_ept_send_to(&early.e, 2000, "x", 1), RPMSG_E_DOWN);
		pair_start(&p);
		assert_int_equal(rpmsg_ept_send(&early.e, "x", 1), RPMSG_E_NO_DESTINATION);
		for (unsigned n = 0; n < 100; n++) {
			assert_int_equal(rpmsg_ept_send_to(&early.e, 2000, "x", 1), 0);
			look(&p.b);
			look(&p.a);
		}
		assert_int_equal(p.b.link.counters.no_endpoint, 100);
		open_receiver(&p.b.link, &late, "ch", 2001);
		look(&p.b);
		look(&p.a);
		assert_int_equal(late.count, 0);
		assert_int_equal(rpmsg_ept_send(&early.e, "x", 1), 0);
		look(&p.b);
		assert_int_equal(late.count, 1);
		assert_int_equal(p.b.link.counters.no_endpoint, 100);
		pair_free(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kicks_are_not_to_be_relied_on),
		cmocka_unit_test(peer_stops_amid_a_message),
		cmocka_unit_test(pool_is_exhausted),
		cmocka_unit_test(name_service_flood),
		cmocka_unit_test(a_thousand_channels),
		cmocka_unit_test(sender_before_its_destination),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
