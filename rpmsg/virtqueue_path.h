/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What each message goes through: taking a buffer and giving it. A compiler that is asked for speed
 * makes code of its own for either side of a ring, in the caller that knows the side; one that is
 * asked for size has everybody call virtqueue_take() and virtqueue_give(), and one copy of
 * BY_SIDE()'s function. What the two do, and with what checks, is the same: see virtqueue.h.
 */
#ifndef RPMSG_VIRTQUEUE_PATH_H
#define RPMSG_VIRTQUEUE_PATH_H

#include "rpmsg/virtqueue.h"

#ifdef __OPTIMIZE_SIZE__
#define IN_LINE			       false
#define EACH_SIDE		       static inline
#define BY_SIDE(device, function, ...) function(__VA_ARGS__, device)
#else
#define IN_LINE	  true
#define EACH_SIDE static inline __attribute__((always_inline))
#define BY_SIDE(device, function, ...) \
	((device) ? function(__VA_ARGS__, true) : function(__VA_ARGS__, false))
#endif

/* What the shadow holds for a buffer; a spare one has SPARE plus the next spare one's id. */
#define BUFFER_AWAY   0u /* the other end has it */
#define BUFFER_HERE   1u /* the caller has it */
#define BUFFER_SPARE  2u
#define BUFFER_ABSENT 0xffffu /* there is no such buffer */

/*
 * Read once, like a volatile access, for which GCC would widen what `ldrh` has widened already:
 * behind the empty statement the compiler no longer knows where the value came from, nor what is
 * there now.
 */
EACH_SIDE uint32_t read16(const volatile uint16_t *at)
{
	uint16_t *plain = (uint16_t *)(uintptr_t)at;
	uint32_t value = *plain;

	__asm__ volatile("" : "+r"(value), "+m"(*plain));
	return value;
}

/* Device: where is the buffer of descriptor @id? false if not wholly in the window, or a chain. */
EACH_SIDE bool locate(const struct virtqueue *q, uint32_t id, struct virtqueue_buffer *b)
{
	const volatile struct vring_desc *desc = &q->desc[id];
	uint64_t addr = desc->addr;
	uint32_t offset = (uint32_t)addr - (uint32_t)q->window_address;
	uint32_t len = desc->len;
	uint32_t flags = read16(&desc->flags);

	/* Some masters set WRITE on every buffer, so only a missing one is wrong. */
	if ((uint32_t)(addr >> 32) != (uint32_t)(q->window_address >> 32) ||
	    offset > q->window_size || len > q->window_size - offset || (offset & 3) ||
	    (flags & (q->desc_flags | VRING_DESC_NEXT | VRING_DESC_INDIRECT)) != q->desc_flags)
		return false;
	b->data = q->window + offset;
	b->len = len;
	return true;
}

/* Nothing is left of what we saw last: look for more. */
EACH_SIDE int look(struct virtqueue *q)
{
	uint32_t ready = (read16(&q->peer->idx) - q->taken) & 0xffff;

	if (!ready)
		return VIRTQUEUE_NONE;
	if (ready > q->away_at_start + q->given - q->taken)
		return VIRTQUEUE_NONSENSE;
	__atomic_thread_fence(__ATOMIC_ACQUIRE); /* entries after the index that announced them */
	q->seen = q->taken + ready;
	return VIRTQUEUE_TAKEN;
}

EACH_SIDE int take_at_once(struct virtqueue *q, struct virtqueue_buffer *b, bool device)
{
	uint32_t taken = q->taken, slot = taken & q->mask, id, len;
	uint16_t *shadow;

	if (taken == q->seen) {
		int result = look(q);

		if (result != VIRTQUEUE_TAKEN)
			return result;
	}
	if (device) {
		id = read16(&q->avail[slot]);
		if (id > q->mask)
			return VIRTQUEUE_NONSENSE;
		shadow = &q->shadow[id];
		if (*shadow != BUFFER_AWAY || !locate(q, id, b))
			return VIRTQUEUE_NONSENSE;
	} else {
		id = q->used[slot].id;
		len = q->used[slot].len;
		if (id > q->mask)
			return VIRTQUEUE_NONSENSE;
		shadow = &q->shadow[id];
		if (*shadow != BUFFER_AWAY || len > q->buffer_len)
			return VIRTQUEUE_NONSENSE;
		b->data = q->window + id * q->buffer_len;
		b->len = len;
	}
	b->id = id;
	*shadow = BUFFER_HERE;
	q->taken = taken + 1;
	return VIRTQUEUE_TAKEN;
}

/* A buffer that is in our hands. */
EACH_SIDE void give_at_once(struct virtqueue *q, uint32_t id, uint32_t len, bool device)
{
	uint32_t given = q->given, slot = given & q->mask;

	q->shadow[id] = BUFFER_AWAY;
	if (device) {
		q->used[slot].id = id;
		q->used[slot].len = len;
	} else {
		q->desc[id].len = len; /* the rest of it stays as it was at the start */
		q->avail[slot] = (uint16_t)id;
	}
	q->given = ++given;
	__atomic_thread_fence(__ATOMIC_RELEASE); /* entry and content before the index */
	q->own->idx = (uint16_t)given;
}

EACH_SIDE bool holds(const struct virtqueue *q, uint32_t id)
{
	return id <= q->mask && q->shadow[id] == BUFFER_HERE;
}

/* Of these either end of the link in rpmsg.c knows its side. */
EACH_SIDE int queue_take(struct virtqueue *q, struct virtqueue_buffer *b, bool device)
{
	return IN_LINE ? take_at_once(q, b, device) : virtqueue_take(q, b);
}

/* A buffer that is in our hands. */
EACH_SIDE void queue_give(struct virtqueue *q, uint32_t id, uint32_t len, bool device)
{
	if (IN_LINE)
		give_at_once(q, id, len, device);
	else
		virtqueue_give(q, id, len);
}

#endif
