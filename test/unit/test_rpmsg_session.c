/* SPDX-License-Identifier: BSD-2-Clause */
/* How sessions begin and end, both ends in one process, for every pair of roles. */
#include "test/unit/link_pair.h"

#define NUM	    8
#define DRIVER_OK   4u
#define NEEDS_RESET 0x40u
#define FAILED	    0x80u

static void assert_works(struct pair *p)
{
	struct receiver r[2];

	assert_int_equal(rpmsg_link_state(&p->a.link), RPMSG_UP);
	assert_int_equal(rpmsg_link_state(&p->b.link), RPMSG_UP);
	open_receiver(&p->a.link, &r[0], NULL, 777);
	open_receiver(&p->b.link, &r[1], NULL, 777);
	for (int i = 0; i < 2 * NUM; i++) {
		assert_int_equal(rpmsg_ept_send_to(&r[0].e, 777, "there", 5), 0);
		assert_int_equal(rpmsg_ept_send_to(&r[1].e, 777, "back", 4), 0);
		look(&p->a);
		look(&p->b);
	}
	assert_int_equal(r[0].count, 2 * NUM);
	assert_int_equal(r[1].count, 2 * NUM);
	rpmsg_ept_destroy(&r[0].e);
	rpmsg_ept_destroy(&r[1].e);
}

static void assert_nothing_broken(const struct pair *p)
{
	assert_int_equal(p->a.link.counters.broken + p->b.link.counters.broken, 0);
	assert_int_equal(p->a.link.counters.mismatches + p->b.link.counters.mismatches, 0);
	assert_int_equal(p->vdev->status & (NEEDS_RESET | FAILED), 0);
	assert_int_equal(p->not_laid_out, 0);
}

/* Either end may be there long before the other, which is found by kicks alone. */
static void either_starts_first(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++)
		for (unsigned order = 0; order < 2; order++) {
			struct pair p;
			struct pair_end *first = order ? &p.b : &p.a;
			bool alone;

			pair_make(&p, pair_roles[i], NUM);
			assert_int_equal(rpmsg_link_state(&p.a.link), RPMSG_DOWN);
			assert_false(rpmsg_link_up(&p.a.link));
			assert_int_equal(rpmsg_link_start(&first->link), 0);
			look(first);
			/* Whether ordinary firmware is there its master can't see. */
			alone = pair_roles[i].way == PAIR_CLASSIC &&
				first->config.role == LINK_MASTER;
			assert_int_equal(rpmsg_link_state(&first->link),
					 alone ? RPMSG_UP : RPMSG_WAITING);
			assert_int_equal(rpmsg_link_start(&first->other->link), 0);
			run_by_kicks(&p);
			assert_works(&p);
			assert_nothing_broken(&p);
			assert_int_equal(p.a.link.counters.sessions, 1);
			assert_int_equal(p.b.link.counters.sessions, 1);
			pair_free(&p);
		}
}

static void assert_untouched(const struct pair *p)
{
	for (unsigned i = 0; i < p->vring_bytes; i++)
		assert_int_equal(p->vring[0][i] & p->vring[1][i], 0xa5);
}

/* Before the other end is there, no ring is touched; a remote waits for DRIVER_OK, too. */
static void rings_are_left_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++)
		for (unsigned order = 0; order < 2; order++) {
			struct pair p;
			struct receiver r;
			struct pair_end *end = order ? &p.b : &p.a;

			pair_make(&p, pair_roles[i], NUM);
			if (pair_roles[i].way == PAIR_CLASSIC && end == pair_master(&p)) {
				pair_free(&p);
				continue;
			}
			open_receiver(&end->link, &r, "ch", RPMSG_ADDRESS_ANY);
			memset(p.vring[0], 0xa5, p.vring_bytes);
			memset(p.vring[1], 0xa5, p.vring_bytes);
			rpmsg_link_start(&end->link);
			for (unsigned status = 0; status < 0x100; status++) {
				if (pair_roles[i].way == PAIR_CLASSIC &&
				    (status & (DRIVER_OK | NEEDS_RESET | FAILED)) == DRIVER_OK)
					continue;
				p.vdev->status = (uint8_t)status;
				assert_int_equal(rpmsg_link_poll(&end->link, 1), 0);
				assert_true(rpmsg_link_may_sleep(&end->link));
				assert_int_equal(rpmsg_ept_send_to(&r.e, 1, "x", 1), RPMSG_E_DOWN);
				assert_int_equal(p.vdev->status, status);
			}
			assert_untouched(&p);
			assert_int_equal(rpmsg_link_start(&end->other->link), 0);
			assert_true(pair_settle(&p));
			rpmsg_link_poll(&end->link, 1);
			assert_int_equal(end->link.counters.sent, 1);
			pair_free(&p);
		}
}

/* The leader lets the follower finish: only when that has let go are the rings zeroed. */
static void leader_waits_for_the_follower(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++) {
		struct pair p;
		struct pair_end *leader;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		leader = p.a.link.leads ? &p.a : &p.b;
		assert_true(leader->link.leads && !leader->other->link.leads);
		memset(p.vring[0], 0xa5, p.vring_bytes);
		memset(p.vring[1], 0xa5, p.vring_bytes);
		rpmsg_link_start(&leader->link);
		for (int k = 0; k < 10; k++)
			look(leader);
		assert_untouched(&p);
		assert_int_equal(rpmsg_link_state(&leader->link), RPMSG_WAITING);
		assert_true(p.vdev->status == 0 || !leader->link.has_status);
		run_by_kicks(&p);
		assert_works(&p);
		assert_nothing_broken(&p);
		pair_free(&p);
	}
}

/* ---- restarts at any step ---- */

/* Each message says between which two lives it passes; the receiver wants no other. */
struct stamp {
	uint32_t from, to;
	uint32_t size; /* of the rest */
	uint8_t rest[PAIR_PAYLOAD - 12];
};

struct actor {
	struct pair *pair;
	struct pair_end *end;
	struct rpmsg_ept e;
	struct rpmsg_message held[4], taken;
	unsigned delivered, changes;
	bool up;
	uint32_t *random; /* NULL: plain deliveries */
	struct actor *other;
};

static void act_restart(struct actor *a);

static enum rpmsg_verdict act_receive(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct actor *a = e->arg;
	struct stamp s;

	assert_int_equal(m->len, sizeof(s));
	memcpy(&s, m->data, sizeof(s));
	assert_int_equal(s.from, a->end->link.seen);
	assert_int_equal(s.to, a->end->link.epoch);
	for (uint32_t i = 0; i < sizeof(s.rest); i++)
		assert_int_equal(s.rest[i], (uint8_t)(s.size + i));
	a->delivered++;
	if (!a->random)
		return RPMSG_RELEASE;
	switch (pair_random(a->random) % 32) {
	case 0: /* the other core starts anew just now */
		act_restart(a->other);
		return RPMSG_RELEASE;
	case 1:
		rpmsg_link_start(&a->other->end->link);
		return RPMSG_NOT_NOW;
	case 2:
		rpmsg_link_stop(&a->other->end->link);
		rpmsg_link_up(&a->end->link);
		return RPMSG_RELEASE;
	case 3:
		rpmsg_link_start(&a->end->link); /* we ourselves, amid a delivery */
		return RPMSG_RELEASE;
	case 4:
	case 5:
		a->held[pair_random(a->random) % COUNT(a->held)] = *m;
		return RPMSG_HOLD;
	case 6:
		return RPMSG_NOT_NOW;
	default:
		return RPMSG_RELEASE;
	}
}

static void act_changed(void *arg, bool up)
{
	struct pair_end *end = arg;
	struct actor *a = end->config.arg == end ? end->link.endpoints->arg : NULL;

	assert_true(a->up != up); /* begins and ends by turns */
	a->up = up;
	a->changes++;
}

static void act_start(struct actor *a)
{
	a->up = false;
	a->end->config.session_changed = act_changed;
	assert_int_equal(rpmsg_link_init(&a->end->link, &a->end->config), 0);
	assert_int_equal(rpmsg_ept_create(&a->end->link, &a->e, NULL, 2000, 2000, act_receive, a),
			 0);
	assert_int_equal(rpmsg_link_start(&a->end->link), 0);
}

/* Entered anew: nothing private is left, whatever was in the works. */
static void act_restart(struct actor *a)
{
	memset(&a->end->link, 0xee, sizeof(a->end->link));
	memset(a->end->shadow, 0xee, 2 * a->pair->num * sizeof(*a->end->shadow));
	memset(a->held, 0, sizeof(a->held));
	memset(&a->taken, 0, sizeof(a->taken));
	act_start(a);
}

static struct stamp act_stamp(const struct actor *a)
{
	struct stamp s = {
		a->end->link.epoch, a->end->link.seen, a->end->link.counters.sent, { 0 }
	};

	for (uint32_t i = 0; i < sizeof(s.rest); i++)
		s.rest[i] = (uint8_t)(s.size + i);
	return s;
}

static void act_send(struct actor *a)
{
	struct stamp s;

	rpmsg_link_up(&a->end->link); /* in the session that is */
	s = act_stamp(a);
	rpmsg_ept_send(&a->e, &s, sizeof(s));
}

static void act_open(struct pair *p, struct actor actor[2], struct pair_roles roles)
{
	memset(actor, 0, 2 * sizeof(*actor));
	pair_make(p, roles, NUM);
	for (unsigned i = 0; i < 2; i++) {
		actor[i].pair = p;
		actor[i].end = i ? &p->b : &p->a;
		actor[i].other = &actor[!i];
	}
}

/* All orders of six steps: a look, a message, a restart, by either end. Then kicks alone. */
static void restarts_in_every_order(void **state)
{
	enum {
		STEPS = 6,
		CHOICES = 6
	};
	unsigned orders = 1, delivered = 0;

	(void)state;
	for (unsigned i = 0; i < STEPS; i++)
		orders *= CHOICES;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++)
		for (unsigned n = 0; n < orders; n++) {
			struct actor actor[2];
			struct pair p;
			unsigned rest = n;

			act_open(&p, actor, pair_roles[i]);
			act_start(&actor[0]);
			act_start(&actor[1]);
			run_by_kicks(&p);
			for (int k = 0; k < STEPS; k++, rest /= CHOICES) {
				struct actor *a = &actor[rest % CHOICES & 1];

				switch (rest % CHOICES >> 1) {
				case 0:
					look(a->end);
					break;
				case 1:
					act_send(a);
					break;
				default:
					act_restart(a);
				}
			}
			run_by_kicks(&p);
			assert_int_equal(rpmsg_link_state(&p.a.link), RPMSG_UP);
			assert_int_equal(rpmsg_link_state(&p.b.link), RPMSG_UP);
			assert_nothing_broken(&p);
			delivered += actor[0].delivered + actor[1].delivered;
			pair_free(&p);
		}
	assert_true(delivered > orders);
}

static void act_any(struct actor *a)
{
	struct rpmsg_link *l = &a->end->link;
	struct rpmsg_message *held = &a->held[pair_random(a->random) % COUNT(a->held)];
	struct stamp s;

	switch (pair_random(a->random) % 64) {
	case 0:
		act_restart(a);
		return;
	case 1:
		rpmsg_link_start(l);
		return;
	case 2:
		rpmsg_link_stop(l);
		return;
	default:
		if (rpmsg_link_state(l) == RPMSG_DOWN)
			rpmsg_link_start(l);
	}
	switch (pair_random(a->random) % 16) {
	case 3:
	case 4:
		rpmsg_release(l, held);
		memset(held, 0, sizeof(*held));
		break;
	case 5: /* a buffer in our hands, perhaps over the end of the session */
		if (!a->taken.data && !rpmsg_get_buffer(l, &a->taken)) {
			s = act_stamp(a);
			memcpy(a->taken.data, &s, sizeof(s));
		}
		break;
	case 6:
		if (a->taken.data)
			rpmsg_send_buffer(l, &a->taken, 2000, 2000, sizeof(s));
		memset(&a->taken, 0, sizeof(a->taken));
		break;
	case 7:
	case 8:
		rpmsg_link_may_sleep(l);
		break;
	case 9:
	case 10:
	case 11:
		act_send(a);
		break;
	default:
		rpmsg_link_poll(l, pair_random(a->random) % 4);
	}
}

/* Restarts anywhere: amid deliveries, with buffers held, by either or both. */
static void restarts_anywhere(void **state)
{
	uint32_t random = 88172645u;

	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++) {
		unsigned delivered = 0, changes = 0;

		for (int run = 0; run < 2000; run++) {
			struct actor actor[2];
			struct pair p;

			act_open(&p, actor, pair_roles[i]);
			for (unsigned k = 0; k < 2; k++) {
				actor[k].random = &random;
				act_start(&actor[k]);
			}
			for (int step = 0; step < 100; step++)
				act_any(&actor[pair_random(&random) % 2]);
			actor[0].random = actor[1].random = NULL;
			for (unsigned k = 0; k < 2; k++)
				if (rpmsg_link_state(&actor[k].end->link) == RPMSG_DOWN)
					rpmsg_link_start(&actor[k].end->link);
			look(&p.a); /* what was postponed */
			look(&p.b);
			run_by_kicks(&p);
			assert_int_equal(rpmsg_link_state(&p.a.link), RPMSG_UP);
			assert_int_equal(rpmsg_link_state(&p.b.link), RPMSG_UP);
			assert_nothing_broken(&p);
			delivered += actor[0].delivered + actor[1].delivered;
			changes += actor[0].changes + actor[1].changes;
			pair_free(&p);
		}
		assert_true(delivered > 10000); /* or the test has lost its teeth */
		assert_true(changes > 20000);
	}
}

static void a_thousand_restarts(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++)
		for (unsigned who = 1; who < 4; who++) {
			struct actor actor[2];
			struct pair p;

			act_open(&p, actor, pair_roles[i]);
			act_start(&actor[0]);
			act_start(&actor[1]);
			run_by_kicks(&p);
			for (unsigned n = 0; n < 1000; n++) {
				act_send(&actor[0]);
				act_send(&actor[1]);
				look(actor[n & 1].end);
				if (who & 1)
					act_restart(&actor[0]);
				if (who & 2)
					act_restart(&actor[1]);
				run_by_kicks(&p);
				assert_true(actor[0].up && actor[1].up);
			}
			assert_nothing_broken(&p);
			/* One session for each restart or pair of them, begun and ended. */
			if (who < 3)
				assert_int_equal(actor[who == 1].changes, 2001);
			assert_works(&p);
			pair_free(&p);
		}
}

/* ---- words ---- */

static void epochs_wrap_and_are_new(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++) {
		struct pair p;

		pair_make(&p, pair_roles[i], NUM);
		p.session->epoch[0] = p.session->epoch[1] = 0xffffffff;
		for (unsigned k = 0; k < 2; k++)
			assert_int_equal(rpmsg_link_init(k ? &p.b.link : &p.a.link,
							 k ? &p.b.config : &p.a.config),
					 0);
		pair_start(&p);
		assert_int_equal(p.a.link.epoch, 1);
		/* What the other end believes to have seen is no new epoch, whoever spoilt the word. */
		p.session->epoch[p.a.link.config.end] = 0;
		assert_int_equal(rpmsg_link_init(&p.a.link, &p.a.config), 0);
		assert_int_equal(rpmsg_link_start(&p.a.link), 0);
		assert_int_equal(p.a.link.epoch, 2);
		run_by_kicks(&p);
		assert_works(&p);
		pair_free(&p);
	}
}

/* Layouts that differ: both ends say so, touch nothing, and come up once they agree. */
static void mismatch_stays_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++)
		for (unsigned order = 0; order < 2; order++) {
			struct pair p;
			struct pair_end *first = order ? &p.b : &p.a;
			struct link_session before;

			if (pair_roles[i].way == PAIR_SHAKE)
				continue; /* they agree by what one of them writes */
			pair_make(&p, pair_roles[i], NUM);
			p.b.link.config.layout++;
			memset(p.vring[0], 0xa5, p.vring_bytes);
			memset(p.vring[1], 0xa5, p.vring_bytes);
			rpmsg_link_start(&first->link);
			rpmsg_link_start(&first->other->link);
			run_by_kicks(&p);
			before = *p.session;
			for (int k = 0; k < 10; k++) {
				look(&p.a);
				look(&p.b);
			}
			assert_int_equal(p.a.kicked - p.a.looked + p.b.kicked - p.b.looked, 0);
			assert_memory_equal(&before, p.session, sizeof(before));
			assert_untouched(&p);
			assert_int_equal(rpmsg_link_state(&p.a.link), RPMSG_MISMATCH);
			assert_int_equal(rpmsg_link_state(&p.b.link), RPMSG_MISMATCH);
			assert_int_equal(p.a.link.counters.mismatches, 1);
			assert_int_equal(p.b.link.counters.mismatches, 1);
			assert_int_equal(p.session->layout[p.a.link.config.end], p.a.config.layout);
			assert_int_equal(p.session->layout[p.b.link.config.end],
					 p.a.config.layout + 1);
			p.b.link.config.layout--;
			rpmsg_link_start(&p.b.link);
			run_by_kicks(&p);
			assert_works(&p);
			pair_free(&p);
		}
}

/* A table that never makes sense to one end: after a few lives, counted, both ends are quiet. */
static bool open_nothing(void *arg, struct rpmsg_link *l)
{
	(void)arg, (void)l;
	return false;
}

static void tables_without_sense_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++)
		for (unsigned who = 0; who < 2; who++) {
			struct pair p;
			struct pair_end *end = who ? &p.b : &p.a;
			uint32_t broken;

			if (pair_roles[i].way != PAIR_SHAKE)
				continue;
			pair_make(&p, pair_roles[i], NUM);
			end->link.config.open = open_nothing;
			rpmsg_link_start(&p.a.link);
			rpmsg_link_start(&p.b.link);
			run_by_kicks(&p);
			assert_int_equal(rpmsg_link_state(&end->link), RPMSG_MISMATCH);
			assert_int_equal(rpmsg_link_state(&end->other->link), RPMSG_WAITING);
			assert_int_equal(end->link.counters.mismatches, 1);
			broken = end->link.counters.broken;
			assert_in_range(broken, 1, 5);
			look(&p.a);
			look(&p.b);
			run_by_kicks(&p);
			assert_int_equal(end->link.counters.broken, broken);
			/* Either end's new life is a new chance. */
			end->link.config.open = pair_open;
			rpmsg_link_start(i & 1 ? &p.a.link : &p.b.link);
			run_by_kicks(&p);
			assert_works(&p);
			pair_free(&p);
		}
}

/* Spoilt once, under the reader's eyes: a new life makes it anew. */
static bool spoil_and_open(void *arg, struct rpmsg_link *l)
{
	struct pair_end *end = arg;

	end->pair->table->vring[1].da = 1;
	l->config.open = pair_open;
	return pair_open(arg, l);
}

static void spoilt_tables_are_made_anew(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++) {
		struct pair p;
		struct pair_end *follower;

		if (pair_roles[i].way != PAIR_SHAKE)
			continue;
		pair_make(&p, pair_roles[i], NUM);
		follower = p.a.link.leads ? &p.b : &p.a;
		rpmsg_link_start(&follower->link);
		for (unsigned n = 1; n < 10; n++) { /* any number of times, one by one */
			follower->link.config.open = spoil_and_open;
			rpmsg_link_start(&follower->other->link);
			/* One look for each kick, just before going to sleep, must do. */
			while (follower->kicked != follower->looked ||
			       follower->other->kicked != follower->other->looked) {
				follower->looked = follower->kicked;
				rpmsg_link_may_sleep(&follower->link);
				follower->other->looked = follower->other->kicked;
				rpmsg_link_may_sleep(&follower->other->link);
			}
			assert_int_equal(follower->link.counters.broken, n);
			assert_works(&p);
		}
		pair_free(&p);
	}
}

static void no_layout_is_not_compared(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++) {
		struct pair p;

		pair_make(&p, pair_roles[i], NUM);
		p.b.link.config.layout = 0;
		pair_start(&p);
		assert_works(&p);
		assert_nothing_broken(&p);
		pair_free(&p);
	}
}

/* Whoever spoils a word, in whatever state: it is counted where it counts, and healed. */
static void spoilt_words_are_healed(void **state)
{
	static const uint32_t nonsense[] = { 0, 1, 2, 3, 0x80000000, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++)
		for (unsigned word = 0; word < 6; word++)
			for (unsigned n = 0; n < COUNT(nonsense); n++)
				for (unsigned early = 0; early < 3; early++) {
					struct pair p;
					bool shake = pair_roles[i].way == PAIR_SHAKE;
					uint32_t *at, broken;
					bool spoilt;

					pair_make(&p, pair_roles[i], NUM);
					at = (uint32_t *)p.session + word;
					rpmsg_link_start(&p.a.link);
					if (early < 2)
						rpmsg_link_start(&p.b.link);
					if (early < 1)
						run_by_kicks(&p);
					spoilt = *at != nonsense[n];
					*at = nonsense[n];
					if (early == 2)
						rpmsg_link_start(&p.b.link);
					/* A look after a bounded sleep, with no kick to wake it. */
					look(&p.a);
					look(&p.b);
					run_by_kicks(&p);
					assert_works(&p);
					broken =
						p.a.link.counters.broken + p.b.link.counters.broken;
					/* The leader may have filled a table in too early, too. */
					if (spoilt && !early)
						assert_in_range(broken, 1, 1 + shake);
					pair_free(&p);
				}
}

/* ---- status ---- */

/* A status that nobody explains by words: both part, and come up again. */
static void spoilt_status_is_healed(void **state)
{
	static const uint8_t nonsense[] = { 0, 1, 2, 3, 0x44, 0x84, 0xff };

	(void)state;
	for (size_t i = 0; i < 2; i++) /* the pairs with words and a status */
		for (unsigned n = 0; n < COUNT(nonsense); n++)
			for (unsigned order = 0; order < 2; order++) {
				struct pair p;

				pair_make(&p, pair_roles[i], NUM);
				pair_start(&p);
				p.vdev->status = nonsense[n];
				look(order ? &p.b : &p.a);
				run_by_kicks(&p);
				assert_int_equal(p.vdev->status, 7);
				assert_int_equal(p.a.link.counters.sessions, 2);
				assert_int_equal(p.b.link.counters.sessions, 2);
				assert_works(&p);
				pair_free(&p);
			}
}

/* ---- ordinary firmware at the other end: no words ---- */

static void classic_master_restarts(void **state)
{
	(void)state;
	for (size_t i = PAIRS_WITH_WORDS; i < COUNT(pair_roles); i++) {
		struct receiver a, b;
		struct rpmsg_message stale;
		struct pair_end *master, *remote;
		struct pair p;

		pair_make(&p, pair_roles[i], NUM);
		master = pair_master(&p);
		remote = master->other;
		pair_start(&p);
		open_receiver(&master->link, &a, "ch", 2000);
		open_receiver(&remote->link, &b, "ch", RPMSG_ADDRESS_ANY);
		b.verdict = RPMSG_HOLD;
		for (unsigned round = 1; round < 20; round++) {
			pump(&p);
			assert_int_equal(a.e.dst, RPMSG_DYNAMIC_FIRST);
			assert_int_equal(b.e.dst, 2000);
			b.count = 0;
			assert_int_equal(rpmsg_ept_send(&a.e, "x", 1), 0);
			pump(&p);
			assert_int_equal(b.count, 1);
			assert_int_equal(rpmsg_get_buffer(&remote->link, &stale), 0);
			if (round % 3 == 0) { /* seen while it is down */
				rpmsg_link_stop(&master->link);
				assert_int_equal(p.vdev->status, 0);
				assert_int_equal(rpmsg_link_poll(&remote->link, 1), 0);
				assert_int_equal(rpmsg_send_buffer(&remote->link, &stale, 1, 2, 3),
						 RPMSG_E_STALE);
			}
			/* Else down and up again between two looks of the remote. */
			assert_int_equal(rpmsg_link_start(&master->link), 0);
			rpmsg_link_poll(&remote->link, 1);
			assert_int_equal(rpmsg_release(&remote->link, &b.held[0]), RPMSG_E_STALE);
			assert_int_equal(remote->link.counters.sessions, round + 1);
		}
		assert_nothing_broken(&p);
		pair_free(&p);
	}
}

/* A remote that starts anew amid a session asks for a reset by its status, and gets it. */
static void restarted_classic_remote_asks_for_reset(void **state)
{
	struct receiver b;
	struct pair p;

	(void)state;
	pair_make(&p, pair_roles[PAIRS_WITH_WORDS], NUM);
	pair_start(&p);
	open_receiver(&p.b.link, &b, "ch", RPMSG_ADDRESS_ANY);
	pump(&p);
	assert_int_equal(rpmsg_link_init(&p.b.link, &p.b.config), 0);
	rpmsg_link_start(&p.b.link);
	assert_int_equal(rpmsg_link_state(&p.b.link), RPMSG_WAITING);
	assert_int_equal(p.vdev->status & NEEDS_RESET, NEEDS_RESET);
	run_by_kicks(&p);
	assert_int_equal(rpmsg_link_state(&p.a.link), RPMSG_UP);
	assert_true(rpmsg_link_up(&p.b.link)); /* the kick was about DRIVER_OK, or it polls */
	assert_works(&p);
	pair_free(&p);
}

/* ---- what is left of a session in the next ---- */

static struct pair *resetting; /* what the receivers below do it to */

/* The master resets while a message is being delivered, and nobody looks. */
static enum rpmsg_verdict reset_unseen(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	(void)e, (void)m;
	rpmsg_link_stop(&resetting->a.link);
	memset(resetting->vring[0], 0, resetting->vring_bytes);
	memset(resetting->vring[1], 0, resetting->vring_bytes);
	return RPMSG_RELEASE;
}

/* It is back already, the receiver notices, and wants the message later. */
static enum rpmsg_verdict reset_seen(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	(void)m;
	assert_int_equal(rpmsg_link_start(&resetting->a.link), 0);
	rpmsg_link_up(e->link);
	rpmsg_link_up(&resetting->a.link);
	assert_true(rpmsg_link_up(e->link));
	return RPMSG_NOT_NOW;
}

static void reset_amid_a_delivery(void **state)
{
	static const rpmsg_receive how[] = { reset_unseen, reset_seen };

	(void)state;
	for (size_t i = 0; i < COUNT(how); i++) {
		struct rpmsg_ept e;
		struct receiver a, b;
		struct pair p;
		uint32_t sessions;

		resetting = &p;
		pair_make(&p, pair_roles[0], NUM);
		pair_start(&p);
		open_receiver(&p.a.link, &a, NULL, 2000);
		assert_int_equal(rpmsg_ept_create(&p.b.link, &e, NULL, 2000, 2000, how[i], NULL),
				 0);
		assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, "1", 1), 0);
		assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, "2", 1), 0);
		rpmsg_link_poll(&p.b.link, 100);
		assert_nothing_broken(&p);
		/* Nothing of the old session is delivered in the new one. */
		sessions = p.b.link.counters.sessions;
		assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 0);
		assert_int_equal(p.b.link.counters.sessions, sessions);
		assert_int_equal(rpmsg_ept_destroy(&e), 0);
		open_receiver(&p.b.link, &b, NULL, 2000);
		assert_int_equal(rpmsg_link_start(&p.a.link), 0);
		assert_true(pair_settle(&p));
		assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 0);
		assert_int_equal(rpmsg_ept_send_to(&a.e, 2000, "3", 1), 0);
		assert_int_equal(rpmsg_link_poll(&p.b.link, 100), 1);
		assert_int_equal(b.data[0], '3');
		pair_free(&p);
	}
}

/* A destination that was given stays; one that was learnt is learnt anew. */
static void destinations_over_a_reset(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(pair_roles); i++) {
		struct rpmsg_ept fixed;
		struct receiver a, learnt;
		struct pair p;

		pair_make(&p, pair_roles[i], NUM);
		pair_start(&p);
		open_receiver(&p.a.link, &a, NULL, 2000);
		open_receiver(&p.b.link, &learnt, NULL, 3000);
		rpmsg_ept_create(&p.b.link, &fixed, NULL, 3001, 2000, receiver_take, &learnt);
		assert_int_equal(rpmsg_ept_send_to(&a.e, 3000, "x", 1), 0);
		pump(&p);
		assert_int_equal(rpmsg_ept_send(&learnt.e, "x", 1), 0);
		rpmsg_link_start(&pair_master(&p)->link);
		pump(&p);
		assert_int_equal(rpmsg_ept_send(&learnt.e, "x", 1), RPMSG_E_NO_DESTINATION);
		assert_int_equal(rpmsg_ept_send(&fixed, "x", 1), 0);
		pair_free(&p);
	}
}

/* Stopped is stopped, until it is started again. The other end waits meanwhile. */
static void stop_and_start(void **state)
{
	(void)state;
	for (size_t i = 0; i < PAIRS_WITH_WORDS; i++)
		for (unsigned who = 0; who < 2; who++) {
			struct pair p;
			struct pair_end *end = who ? &p.b : &p.a;

			pair_make(&p, pair_roles[i], NUM);
			pair_start(&p);
			rpmsg_link_stop(&end->link);
			run_by_kicks(&p);
			look(end);
			assert_int_equal(rpmsg_link_state(&end->link), RPMSG_DOWN);
			assert_int_equal(rpmsg_link_state(&end->other->link), RPMSG_WAITING);
			assert_int_equal(rpmsg_link_start(&end->link), 0);
			run_by_kicks(&p);
			assert_works(&p);
			assert_nothing_broken(&p);
			pair_free(&p);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(either_starts_first),
		cmocka_unit_test(rings_are_left_alone),
		cmocka_unit_test(leader_waits_for_the_follower),
		cmocka_unit_test(restarts_in_every_order),
		cmocka_unit_test(restarts_anywhere),
		cmocka_unit_test(a_thousand_restarts),
		cmocka_unit_test(epochs_wrap_and_are_new),
		cmocka_unit_test(mismatch_stays_down),
		cmocka_unit_test(tables_without_sense_are_refused),
		cmocka_unit_test(spoilt_tables_are_made_anew),
		cmocka_unit_test(no_layout_is_not_compared),
		cmocka_unit_test(spoilt_words_are_healed),
		cmocka_unit_test(spoilt_status_is_healed),
		cmocka_unit_test(classic_master_restarts),
		cmocka_unit_test(restarted_classic_remote_asks_for_reset),
		cmocka_unit_test(reset_amid_a_delivery),
		cmocka_unit_test(destinations_over_a_reset),
		cmocka_unit_test(stop_and_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
