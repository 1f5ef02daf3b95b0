/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages: sending, receiving, endpoints. Sessions are in rpmsg_session.c, names in rpmsg_name.c.
 */
#include <stddef.h>
#include <string.h>

#include "rpmsg/rpmsg.h"
#include "rpmsg/rpmsg_internal.h"

static inline __attribute__((always_inline)) void kick_if_wanted(struct rpmsg_link *l,
								 struct virtqueue *q)
{
	if (virtqueue_kick_wanted(q) || (l->rings_always && q == &l->transmit)) {
		l->counters.kicks++;
		l->config.kick(l->config.arg);
	}
}

/* ---- sending ---- */

static inline __attribute__((always_inline)) int take_buffer(struct rpmsg_link *l,
							     struct rpmsg_message *m)
{
	struct virtqueue *q = &l->transmit;
	struct virtqueue_buffer b;
	int result;

	if (!link_up(l))
		return RPMSG_E_DOWN;
	result = q->spare != q->num ? virtqueue_take_spare(q, &b) : virtqueue_take(q, &b);
	if (result == VIRTQUEUE_NONE) {
		l->transmit_wanted = true;
		l->counters.no_buffer++;
		return RPMSG_E_NO_BUFFER;
	}
	if (!q->device)
		b.len = q->buffer_len;
	if (result < 0 || b.len < sizeof(struct rpmsg_header)) {
		rpmsg_link_broken(l);
		return RPMSG_E_DOWN;
	}
	if (l->transmit_wanted) {
		l->transmit_wanted = false;
		virtqueue_quiet(q);
	}
	m->data = b.data + sizeof(struct rpmsg_header);
	m->len = b.len - (uint32_t)sizeof(struct rpmsg_header);
	if (m->len > UINT16_MAX) /* the header's field has 16 bits */
		m->len = UINT16_MAX;
	m->id = b.id;
	m->session = l->session;
	return 0;
}

int rpmsg_get_buffer(struct rpmsg_link *l, struct rpmsg_message *m)
{
	return take_buffer(l, m);
}

/* A buffer of this session, filled with @len bytes that fit, goes out. */
static inline __attribute__((always_inline)) int send_filled(struct rpmsg_link *l,
							     const struct rpmsg_message *m,
							     uint32_t src, uint32_t dst,
							     uint32_t len)
{
	volatile struct rpmsg_header *header = (volatile void *)(m->data - sizeof(*header));
	uint32_t room = l->transmit.device ? m->len : len; /* see virtqueue_give() */

	header->src = src;
	header->dst = dst;
	header->reserved = 0;
	header->len = (uint16_t)len;
	header->flags = 0;
	if (!virtqueue_give(&l->transmit, m->id, (uint32_t)sizeof(*header) + room))
		return RPMSG_E_STALE;
	l->counters.sent++;
	kick_if_wanted(l, &l->transmit);
	return 0;
}

int rpmsg_send_buffer(struct rpmsg_link *l, const struct rpmsg_message *m, uint32_t src,
		      uint32_t dst, uint32_t len)
{
	if (!link_up(l) || m->session != l->session)
		return RPMSG_E_STALE;
	if (len > m->len)
		return RPMSG_E_TOO_LONG;
	return send_filled(l, m, src, dst, len);
}

int rpmsg_put_back(struct rpmsg_link *l, const struct rpmsg_message *m)
{
	if (!link_up(l) || m->session != l->session)
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
	return send_filled(l, &m, e->addr, dst, len);
}

int rpmsg_ept_send(struct rpmsg_ept *e, const void *data, uint32_t len)
{
	if (e->dst == RPMSG_ADDRESS_ANY)
		return RPMSG_E_NO_DESTINATION;
	return rpmsg_ept_send_to(e, e->dst, data, len);
}

/* ---- receiving ---- */

static void give_back(struct rpmsg_link *l, uint16_t id)
{
	if (virtqueue_give(&l->receive, id, virtqueue_room(&l->receive, id)))
		kick_if_wanted(l, &l->receive);
}

int rpmsg_release(struct rpmsg_link *l, const struct rpmsg_message *m)
{
	if (!link_up(l) || m->session != l->session)
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

static inline enum rpmsg_verdict deliver(struct rpmsg_link *l, const struct virtqueue_buffer *b)
{
	const volatile struct rpmsg_header *header = (volatile void *)b->data;
	struct rpmsg_ept *e;
	struct rpmsg_message m;

	if (b->len < sizeof(*header))
		goto bad;
	m.data = b->data + sizeof(*header);
	m.len = header->len;
	if (m.len > b->len - sizeof(*header))
		goto bad;
	m.src = header->src;
	m.dst = header->dst;
	m.session = l->session;
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

unsigned rpmsg_link_poll(struct rpmsg_link *l, unsigned budget)
{
	struct virtqueue_buffer b;
	enum rpmsg_verdict verdict;
	unsigned taken = 0;
	uint32_t session;
	int result;

	if (!link_check(l))
		return 0;
	if (l->names_pending)
		rpmsg_name_announce(l);
	session = l->session;
	for (; taken < budget; taken++) {
		if (l->postponed) {
			l->postponed = false;
			b = l->first;
		} else {
			result = virtqueue_take(&l->receive, &b);
			if (result == VIRTQUEUE_NONE)
				break;
			if (result < 0) {
				rpmsg_link_broken(l);
				break;
			}
		}
		if (l->listening) { /* we are awake: no kicks until rpmsg_link_may_sleep() */
			l->listening = false;
			virtqueue_quiet(&l->receive);
		}
		verdict = deliver(l, &b);
		if (l->session != session)
			break; /* ended meanwhile, and the buffer with it */
		if (verdict == RPMSG_NOT_NOW) {
			l->postponed = true;
			l->first = b;
			break;
		}
		l->counters.received++;
		if (verdict == RPMSG_RELEASE)
			give_back(l, b.id);
	}
	return taken;
}

bool rpmsg_link_may_sleep(struct rpmsg_link *l)
{
	bool more = false;

	/* The long look: also at what nobody but us should have written. */
	if (!rpmsg_link_up(l) || !link_check(l))
		return true;
	if (l->transmit_wanted)
		more = virtqueue_listen(&l->transmit);
	else if (l->postponed || l->names_pending)
		more = true;
	/* A postponed message comes first, so others behind it are no reason to go on. */
	if (!l->postponed) {
		l->listening = true;
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
