/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages: sending, receiving, endpoints. Sessions are in rpmsg_session.c, names in rpmsg_name.c.
 */
#include <stddef.h>
#include <string.h>

#include "rpmsg/rpmsg.h"
#include "rpmsg/rpmsg_internal.h"

/* What has been given to the peer, it may want to hear of. */
static inline void kick(struct rpmsg_link *l, struct virtqueue *q)
{
	if (!virtqueue_kick_wanted(q))
		return;
	l->counters.kicks++;
	l->config.kick(l->config.arg);
}

/* Is it a buffer of this session that is in our hands? */
static inline bool is_ours(struct rpmsg_link *l, const struct virtqueue *q,
			   const struct rpmsg_message *m)
{
	return link_up(l) && m->session == l->session && virtqueue_holds(q, m->id);
}

/* ---- sending ---- */

/* None has come back. */
static int take_spare(struct rpmsg_link *l, struct virtqueue_buffer *b)
{
	int result = virtqueue_take_spare(&l->transmit, b);

	if (result == VIRTQUEUE_NONE) {
		l->transmit_wanted = true;
		l->counters.no_buffer++;
	}
	return result;
}

static void wanted_no_more(struct rpmsg_link *l)
{
	l->transmit_wanted = false;
	virtqueue_quiet(&l->transmit);
}

/* Have a transmit buffer in our hands: where it is and what fits are @m->data and ->len. */
static inline __attribute__((always_inline)) int take_buffer(struct rpmsg_link *l,
							     struct rpmsg_message *m)
{
	struct virtqueue *q = &l->transmit;
	struct virtqueue_buffer b, spare;
	int result;

	if (!link_up(l))
		return RPMSG_E_DOWN;
	result = virtqueue_take(q, &b);
	if (result == VIRTQUEUE_NONE) {
		result = take_spare(l, &spare);
		if (result == VIRTQUEUE_NONE)
			return RPMSG_E_NO_BUFFER;
		b = spare;
	}
	if (!q->device)
		b.len = q->buffer_len;
	if (result < 0 || b.len < sizeof(struct rpmsg_header)) {
		rpmsg_link_broken(l);
		return RPMSG_E_DOWN;
	}
	if (l->transmit_wanted)
		wanted_no_more(l);
	m->data = b.data + sizeof(struct rpmsg_header);
	m->len = payload_room(b.len);
	m->id = b.id;
	m->session = l->session;
	return 0;
}

int rpmsg_get_buffer(struct rpmsg_link *l, struct rpmsg_message *m)
{
	return take_buffer(l, m);
}

/* A buffer that is in our hands, filled with @len bytes that fit, goes out. */
static inline void send_filled(struct rpmsg_link *l, const struct rpmsg_message *m, uint32_t src,
			       uint32_t dst, uint32_t len)
{
	volatile struct rpmsg_header *header = (volatile void *)(m->data - sizeof(*header));
	struct virtqueue *q = &l->transmit;
	uint32_t room = q->device ? m->len : len; /* see virtqueue_give() */

	header->src = src;
	header->dst = dst;
	header->reserved = 0;
	header->len = (uint16_t)len;
	header->flags = 0;
	virtqueue_give_held(q, m->id, (uint32_t)sizeof(*header) + room);
	l->counters.sent++;
	kick(l, q);
}

int rpmsg_send_buffer(struct rpmsg_link *l, const struct rpmsg_message *m, uint32_t src,
		      uint32_t dst, uint32_t len)
{
	if (!is_ours(l, &l->transmit, m))
		return RPMSG_E_STALE;
	if (len > m->len)
		return RPMSG_E_TOO_LONG;
	send_filled(l, m, src, dst, len);
	return 0;
}

int rpmsg_put_back(struct rpmsg_link *l, const struct rpmsg_message *m)
{
	if (!is_ours(l, &l->transmit, m))
		return RPMSG_E_STALE;
	virtqueue_put_back(&l->transmit, m->id);
	return 0;
}

int rpmsg_ept_send_to(struct rpmsg_ept *e, uint32_t dst, const void *data, uint32_t len)
{
	struct rpmsg_link *l = e->link;
	struct rpmsg_message m;
	int result = take_buffer(l, &m);

	if (result)
		return result;
	if (len > m.len) {
		virtqueue_put_back(&l->transmit, m.id);
		return RPMSG_E_TOO_LONG;
	}
	memcpy(m.data, data, len);
	send_filled(l, &m, e->addr, dst, len);
	return 0;
}

int rpmsg_ept_send(struct rpmsg_ept *e, const void *data, uint32_t len)
{
	if (e->dst == RPMSG_ADDRESS_ANY)
		return RPMSG_E_NO_DESTINATION;
	return rpmsg_ept_send_to(e, e->dst, data, len);
}

/* ---- receiving ---- */

/* A buffer that is in our hands. */
static inline void give_back(struct rpmsg_link *l, uint32_t id)
{
	struct virtqueue *q = &l->receive;

	virtqueue_give_held(q, id, virtqueue_room(q, id));
	kick(l, q);
}

int rpmsg_release(struct rpmsg_link *l, const struct rpmsg_message *m)
{
	if (!is_ours(l, &l->receive, m))
		return RPMSG_E_STALE;
	give_back(l, m->id);
	return 0;
}

static inline struct rpmsg_ept *find(struct rpmsg_link *l, uint32_t addr)
{
	struct rpmsg_ept *e = l->endpoints;

	while (e && e->addr != addr)
		e = e->next;
	return e;
}

static inline enum rpmsg_verdict deliver(struct rpmsg_link *l, const struct virtqueue_buffer *b,
					 uint32_t session)
{
	const volatile struct rpmsg_header *header = (volatile void *)b->data;
	struct rpmsg_ept *e;
	struct rpmsg_message m;

	if (b->len < sizeof(*header))
		goto bad;
	m.data = b->data + sizeof(*header);
	m.len = read16(&header->len);
	if (m.len > b->len - sizeof(*header))
		goto bad;
	m.src = header->src;
	m.dst = header->dst;
	m.session = session;
	m.id = b->id;
	e = find(l, m.dst);
	if (!e) {
		if (m.dst == RPMSG_ADDRESS_NAMES)
			rpmsg_name_receive(l, &m);
		else
			l->counters.no_endpoint++;
		return RPMSG_RELEASE;
	}
	if (e->dst == RPMSG_ADDRESS_ANY)
		e->dst = m.src;
	return e->receive(e, &m);
bad:
	l->counters.bad_message++;
	return RPMSG_RELEASE;
}

/* What a look at the link is for besides messages. false: none are to be taken now. */
static bool attend(struct rpmsg_link *l)
{
	if ((l->attention & ATTEND_POLLING) || rpmsg_link_rings_zeroed(l))
		return false;
	l->attention &= ~ATTEND_POSTPONED;
	if ((l->attention & ATTEND_LISTENING) && !virtqueue_empty(&l->receive)) {
		/* We are awake: no kicks until rpmsg_link_may_sleep(). */
		l->attention &= ~ATTEND_LISTENING;
		virtqueue_quiet(&l->receive);
	}
	if (l->attention & ATTEND_NAMES)
		rpmsg_name_announce(l);
	return true;
}

unsigned rpmsg_link_poll(struct rpmsg_link *l, unsigned budget)
{
	struct virtqueue *q = &l->receive;
	unsigned left = budget;
	uint32_t session;

	if (!link_up(l) || (l->attention && !attend(l)))
		return 0;
	session = l->session;
	l->attention |= ATTEND_POLLING;
	while (left) {
		enum rpmsg_verdict verdict;
		struct virtqueue_buffer b;
		int result = virtqueue_take(q, &b);

		if (result < 0)
			rpmsg_link_broken(l);
		if (result != VIRTQUEUE_TAKEN)
			break;
		verdict = deliver(l, &b, session);
		if (l->session != session)
			break; /* ended meanwhile, and the buffer with it */
		if (verdict == RPMSG_NOT_NOW) {
			l->attention |= ATTEND_POSTPONED;
			virtqueue_untake(q, b.id);
			break;
		}
		left--;
		l->counters.received++;
		/* Its receiver may have released it already. */
		if (verdict == RPMSG_RELEASE && q->shadow[b.id] == BUFFER_HERE)
			give_back(l, b.id);
	}
	l->attention &= ~ATTEND_POLLING;
	return budget - left;
}

bool rpmsg_link_may_sleep(struct rpmsg_link *l)
{
	bool more = false;

	/* The long look: also at what nobody but us should have written. */
	if (!rpmsg_link_up(l) || rpmsg_link_rings_zeroed(l))
		return true;
	if (l->transmit_wanted)
		more = virtqueue_listen(&l->transmit);
	else if (l->attention & (ATTEND_POSTPONED | ATTEND_NAMES))
		more = true;
	/* A postponed message comes first, so others behind it are no reason to go on. */
	if (!(l->attention & ATTEND_POSTPONED)) {
		l->attention |= ATTEND_LISTENING;
		if (virtqueue_listen(&l->receive))
			more = true;
	}
	return !more;
}

/* ---- endpoints ---- */

/*
 * One after the other, so that what the other end still sends to an endpoint that has gone does not
 * find another one. RPMSG_ADDRESS_ANY: all are taken.
 */
static uint32_t next_address(struct rpmsg_link *l)
{
	for (uint32_t tries = RPMSG_DYNAMIC_COUNT; tries; tries--) {
		uint32_t addr;

		if (l->next_address == RPMSG_DYNAMIC_COUNT)
			l->next_address = 0;
		addr = RPMSG_DYNAMIC_FIRST + l->next_address;
		if (!find(l, addr))
			return addr;
		l->next_address++;
	}
	return RPMSG_ADDRESS_ANY;
}

int rpmsg_ept_create(struct rpmsg_link *l, struct rpmsg_ept *e, const char *name, uint32_t addr,
		     uint32_t dst, rpmsg_receive receive, void *arg)
{
	bool any = addr == RPMSG_ADDRESS_ANY;
	struct rpmsg_ept **at;

	if (any) {
		addr = next_address(l);
		if (addr == RPMSG_ADDRESS_ANY)
			return RPMSG_E_ADDRESS;
	} else if (addr == RPMSG_ADDRESS_NAMES || find(l, addr)) {
		return RPMSG_E_ADDRESS;
	}
	memset(e, 0, sizeof(*e));
	e->link = l;
	e->addr = addr;
	e->dst = dst;
	e->dst_fixed = dst != RPMSG_ADDRESS_ANY;
	e->receive = receive;
	e->arg = arg;
	if (name && rpmsg_ept_announce(e, name))
		return RPMSG_E_TOO_LONG;
	if (any)
		l->next_address++;
	for (at = &l->endpoints; *at; at = &(*at)->next)
		; /* at the end: channels are announced in the order of their making */
	*at = e;
	return 0;
}

int rpmsg_ept_destroy(struct rpmsg_ept *e)
{
	struct rpmsg_ept **at = &e->link->endpoints;

	if (rpmsg_ept_withdraw(e))
		return RPMSG_E_NO_BUFFER;
	while (*at && *at != e)
		at = &(*at)->next;
	if (*at)
		*at = e->next;
	return 0;
}
