/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One end of an RPMsg link, of any role and way. At the other end is one like it, but all that they
 * share may change before each load of ours: rings, buffers, status, session words.
 */
#include "test/fuzz/fuzz.h"
#include "test/fuzz/hostile.h"
#include "test/unit/link_pair.h"

#define HELD_MAX 4

const unsigned fuzz_parts = 0;

struct scene {
	struct pair pair;
	struct bytes *input;
	struct rpmsg_ept ours[2], theirs;
	struct rpmsg_message held[HELD_MAX]; /* received and kept; then one to send */
	bool holds[HELD_MAX], has_buffer;
	struct rpmsg_message buffer;
	unsigned delivered, sent;
};

static unsigned choose(struct scene *s, unsigned count)
{
	return fuzz_choice(s->input, count);
}

/* Wherever the other end says that it is, a payload is in the pool. */
static void check_message(const struct scene *s, const struct rpmsg_message *m)
{
	const struct pair *p = &s->pair;
	size_t offset = (size_t)(m->data - p->pool);

	assert_true(m->data >= p->pool + sizeof(struct rpmsg_header) && offset <= p->pool_bytes);
	assert_true(m->len <= p->pool_bytes - offset);
}

static enum rpmsg_verdict receive(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct scene *s = e->arg;
	unsigned slot = choose(s, HELD_MAX);
	uint32_t sum = 0;

	check_message(s, m);
	s->delivered++;
	for (uint32_t i = 0; i < m->len; i++)
		sum += m->data[i];
	switch (choose(s, 4)) {
	case 0:
		return RPMSG_NOT_NOW;
	case 1:
		if (s->holds[slot])
			return RPMSG_RELEASE;
		s->held[slot] = *m;
		s->holds[slot] = true;
		return RPMSG_HOLD;
	case 2:
		s->sent += !rpmsg_ept_send_to(e, m->src, &sum, sizeof(sum));
		return RPMSG_RELEASE;
	default:
		return RPMSG_RELEASE;
	}
}

static enum rpmsg_verdict take_in(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	(void)e, (void)m;
	return RPMSG_RELEASE;
}

/* The other end, honest as far as what it finds lets it. */
static void they(struct scene *s)
{
	struct rpmsg_link *l = &s->pair.b.link;
	static const uint8_t data[PAIR_PAYLOAD] = "hello";

	switch (choose(s, 8)) {
	case 0:
		rpmsg_link_start(l);
		break;
	case 1:
	case 2:
	case 3:
		rpmsg_ept_send_to(&s->theirs, 2000 + choose(s, 3), data, choose(s, PAIR_PAYLOAD));
		break;
	default:
		rpmsg_link_poll(l, choose(s, 4));
	}
}

static void send_ours(struct scene *s)
{
	static const uint8_t data[PAIR_PAYLOAD + 1] = "hello";
	struct rpmsg_link *l = &s->pair.a.link;
	uint32_t len = choose(s, PAIR_PAYLOAD + 2);
	int result;

	switch (choose(s, 4)) {
	case 0:
		if (!s->has_buffer && !rpmsg_get_buffer(l, &s->buffer)) {
			s->has_buffer = true;
			check_message(s, &s->buffer);
		}
		break;
	case 1:
		if (!s->has_buffer)
			break;
		result = rpmsg_send_buffer(l, &s->buffer, 2000, 3000, len);
		s->sent += !result;
		s->has_buffer = result == RPMSG_E_TOO_LONG;
		break;
	case 2:
		if (s->has_buffer)
			rpmsg_put_back(l, &s->buffer);
		s->has_buffer = false;
		break;
	default:
		s->sent += !rpmsg_ept_send(&s->ours[0], data, len);
	}
}

static void release_one(struct scene *s)
{
	unsigned slot = choose(s, HELD_MAX);

	if (s->holds[slot])
		rpmsg_release(&s->pair.a.link, &s->held[slot]);
	s->holds[slot] = false;
}

static void we(struct scene *s)
{
	struct rpmsg_link *l = &s->pair.a.link;

	hostile_enter();
	switch (choose(s, 10)) {
	case 0:
		rpmsg_link_start(l);
		break;
	case 1:
		rpmsg_link_may_sleep(l);
		break;
	case 2:
		rpmsg_link_up(l);
		break;
	case 3:
	case 4:
		send_ours(s);
		break;
	case 5:
		release_one(s);
		break;
	case 6:
		if (!choose(s, 8))
			rpmsg_link_stop(l);
		break;
	default:
		rpmsg_link_poll(l, choose(s, 8));
	}
	hostile_leave();
}

static void check_state(const struct scene *s)
{
	const struct rpmsg_link *l = &s->pair.a.link;

	/* names are sent and delivered too, by the link itself */
	assert_true(l->counters.sent >= s->sent);
	assert_true(rpmsg_link_state(l) == RPMSG_UP || !l->up);
	assert_true(l->counters.sessions >= l->up);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size };
	struct scene s = { .input = &input };
	struct pair *p = &s.pair;
	struct rpmsg_link *ours = &p->a.link;

	pair_make(p, pair_roles[choose(&s, COUNT(pair_roles))], 1u << choose(&s, 4));
	hostile_begin(&input);
	hostile_share(p->vring[0], p->vring_bytes, HOSTILE_WORDS);
	hostile_share(p->vring[1], p->vring_bytes, HOSTILE_WORDS);
	hostile_share(p->pool, p->pool_bytes, HOSTILE_WORDS);
	hostile_share(p->vdev, sizeof(*p->vdev), HOSTILE_WORDS);
	hostile_share(p->session, sizeof(*p->session), HOSTILE_WORDS);
	rpmsg_ept_create(ours, &s.ours[0], "channel", 2000, RPMSG_ADDRESS_ANY, receive, &s);
	rpmsg_ept_create(ours, &s.ours[1], NULL, 2001, 3000, receive, &s);
	rpmsg_ept_create(&p->b.link, &s.theirs, "channel", 3000, 2000, take_in, &s);
	pair_start(p);
	while (input.size) {
		if (choose(&s, 2))
			they(&s);
		else
			we(&s);
		check_state(&s);
	}
	pair_free(p);
	return 0;
}
