/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages: sending, receiving, endpoints. Sessions are in rpmsg_session.c, names in rpmsg_name.c.
 */
#include <stddef.h>
#include <string.h>

#include "rpmsg/rpmsg.h"
#include "rpmsg/rpmsg_internal.h"
#include "rpmsg/virtqueue_path.h"

/* The bells that go with what has been given to the peer. */
EACH_SIDE void kick(struct rpmsg_link *l)
{
	l->counters.kicks++;
	l->config.kick(l->config.arg);
}

/* ---- sending ---- */

/* Keeps @b out of memory on the way that nearly all take. */
EACH_SIDE int take_spare(struct virtqueue *q, struct virtqueue_buffer *b)
{
	struct virtqueue_buffer spare = { 0 };
	int result = virtqueue_take_spare(q, &spare);

	*b = spare;
	return result;
}

/* Have a transmit buffer in our hands: where it is and what fits are @m->data and ->len. */
EACH_SIDE int take_buffer(struct rpmsg_link *l, struct rpmsg_message *m, bool device)
{
	struct virtqueue *q = &l->transmit;
	struct virtqueue_buffer b;
	int result;

	if (!link_up(l))
		return RPMSG_E_DOWN;
	result = q->spare != q->num ? take_spare(q, &b) : queue_take(q, &b, device);
	if (result == VIRTQUEUE_NONE) {
		l->transmit_wanted = true;
		l->counters.no_buffer++;
		return RPMSG_E_NO_BUFFER;
	}
	if (result < 0 || (device && b.len < sizeof(struct rpmsg_header))) {
		rpmsg_link_broken(l);
		return RPMSG_E_DOWN;
	}
	if (l->transmit_wanted) {
		l->transmit_wanted = false;
		virtqueue_quiet(q);
	}
	m->data = b.data + sizeof(struct rpmsg_header);
	m->len = device ? payload_room(b.len) : l->room;
	m->id = b.id;
	m->session = l->session;
	return 0;
}

int rpmsg_get_buffer(struct rpmsg_link *l, struct rpmsg_message *m)
{
	return BY_SIDE(l->tx_device, take_buffer, l, m);
}

/* A buffer that is in our hands, filled with @len bytes that fit, goes out. */
EACH_SIDE void send_filled(struct rpmsg_link *l, const struct rpmsg_message *m, uint32_t src,
			   uint32_t dst, uint32_t len, bool device)
{
	volatile struct rpmsg_header *header = (volatile void *)(m->data - sizeof(*header));
	uint32_t room = device ? m->len : len; /* see virtqueue_give() */

	header->src = src;
	header->dst = dst;
	header->reserved = 0;
	header->len = (uint16_t)len;
	header->flags = 0;
	queue_give(&l->transmit, m->id, (uint32_t)sizeof(*header) + room, device);
	l->counters.sent++;
	if (virtqueue_kick_wanted(&l->transmit) || l->rings_always)
		kick(l);
}

EACH_SIDE int send_buffer(struct rpmsg_link *l, const struct rpmsg_message *m, uint32_t src,
			  uint32_t dst, uint32_t len, bool device)
{
	if (!link_up(l) || m->session != l->session)
		return RPMSG_E_STALE;
	if (len > m->len)
		return RPMSG_E_TOO_LONG;
	if (!holds(&l->transmit, m->id))
		return RPMSG_E_STALE;
	send_filled(l, m, src, dst, len, device);
	return 0;
}

int rpmsg_send_buffer(struct rpmsg_link *l, const struct rpmsg_message *m, uint32_t src,
		      uint32_t dst, uint32_t len)
{
	return BY_SIDE(l->tx_device, send_buffer, l, m, src, dst, len);
}

int rpmsg_put_back(struct rpmsg_link *l, const struct rpmsg_message *m)
{
	if (!link_up(l) || m->session != l->session)
		return RPMSG_E_STALE;
	virtqueue_put_back(&l->transmit, m->id);
	return 0;
}

EACH_SIDE int send_to(struct rpmsg_ept *e, uint32_t dst, const void *data, uint32_t len,
		      bool device)
{
	struct rpmsg_link *l = e->link;
	struct rpmsg_message m;
	int result = take_buffer(l, &m, device);

	if (result)
		return result;
	if (len > m.len) {
		virtqueue_put_back(&l->transmit, m.id);
		return RPMSG_E_TOO_LONG;
	}
	memcpy(m.data, data, len);
	send_filled(l, &m, e->addr, dst, len, device);
	return 0;
}

int rpmsg_ept_send_to(struct rpmsg_ept *e, uint32_t dst, const void *data, uint32_t len)
{
	return BY_SIDE(e->link->tx_device, send_to, e, dst, data, len);
}

int rpmsg_ept_send(struct rpmsg_ept *e, const void *data, uint32_t len)
{
	if (e->dst == RPMSG_ADDRESS_ANY)
		return RPMSG_E_NO_DESTINATION;
	return rpmsg_ept_send_to(e, e->dst, data, len);
}

/* ---- receiving ---- */

/* A buffer that is in our hands. */
EACH_SIDE void give_back(struct rpmsg_link *l, uint32_t id, bool device)
{
	struct virtqueue *q = &l->receive;

	queue_give(q, id, device ? q->desc[id].len : q->buffer_len, device); /* virtqueue_room() */
	if (virtqueue_kick_wanted(q))
		kick(l);
}

int rpmsg_release(struct rpmsg_link *l, const struct rpmsg_message *m)
{
	if (!link_up(l) || m->session != l->session || !holds(&l->receive, m->id))
		return RPMSG_E_STALE;
	BY_SIDE(l->rx_device, give_back, l, m->id);
	return 0;
}

static inline struct rpmsg_ept *find(struct rpmsg_link *l, uint32_t addr)
{
	struct rpmsg_ept *e = l->endpoints;

	while (e && e->addr != addr)
		e = e->next;
	return e;
}

EACH_SIDE enum rpmsg_verdict deliver(struct rpmsg_link *l, const struct virtqueue_buffer *b,
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

/* What a look at the link is for besides messages. false: there is no session any more. */
static bool attend(struct rpmsg_link *l)
{
	if (!link_check(l))
		return false;
	if (l->attention & ATTEND_NAMES)
		rpmsg_name_announce(l);
	return true;
}

EACH_SIDE unsigned poll(struct rpmsg_link *l, unsigned budget, bool device)
{
	struct virtqueue_buffer b;
	enum rpmsg_verdict verdict;
	unsigned taken = 0;
	uint32_t session;

	if (!link_up(l) || (l->attention && !attend(l)))
		return 0;
	session = l->session;
	for (; taken < budget; taken++) {
		uint32_t attention = l->attention;

		if (attention & ATTEND_POSTPONED) {
			b = l->first;
		} else {
			int result = queue_take(&l->receive, &b, device);

			if (result == VIRTQUEUE_NONE)
				break;
			if (result < 0) {
				rpmsg_link_broken(l);
				break;
			}
		}
		if (attention & (ATTEND_POSTPONED | ATTEND_LISTENING)) {
			l->attention &= ~(ATTEND_POSTPONED | ATTEND_LISTENING);
			/* We are awake: no kicks until rpmsg_link_may_sleep(). */
			if (attention & ATTEND_LISTENING)
				virtqueue_quiet(&l->receive);
		}
		verdict = deliver(l, &b, session);
		if (l->session != session)
			break; /* ended meanwhile, and the buffer with it */
		if (verdict == RPMSG_NOT_NOW) {
			l->attention |= ATTEND_POSTPONED;
			l->first = b;
			break;
		}
		l->counters.received++;
		/* Its receiver may have released it already. */
		if (verdict == RPMSG_RELEASE && l->receive.shadow[b.id] == BUFFER_HERE)
			give_back(l, b.id, device);
	}
	return taken;
}

unsigned rpmsg_link_poll(struct rpmsg_link *l, unsigned budget)
{
	return BY_SIDE(l->rx_device, poll, l, budget);
}

bool rpmsg_link_may_sleep(struct rpmsg_link *l)
{
	bool more = false;

	/* The long look: also at what nobody but us should have written. */
	if (!rpmsg_link_up(l) || !link_check(l))
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
	for (uint32_t tries = 0; tries < RPMSG_DYNAMIC_COUNT; tries++) {
		uint32_t addr =
			RPMSG_DYNAMIC_FIRST + (l->next_address + tries) % RPMSG_DYNAMIC_COUNT;

		if (!find(l, addr))
			return addr;
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
		l->next_address = addr - RPMSG_DYNAMIC_FIRST + 1;
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
