/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Of virtqueue.h, which includes this: what each message goes through. The compiler puts it into
 * its callers where it is asked for speed, and calls one copy where it is asked for size.
 */
#ifndef RPMSG_VIRTQUEUE_PATH_H
#define RPMSG_VIRTQUEUE_PATH_H

#include "rpmsg/virtqueue.h"

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
static inline uint32_t read16(const volatile uint16_t *at)
{
	uint16_t *plain = (uint16_t *)(uintptr_t)at;
	uint32_t value = *plain;

	__asm__ volatile("" : "+r"(value), "+m"(*plain));
	return value;
}

/* Device: where is the buffer of descriptor @id? false if not wholly in the window, or a chain. */
static inline bool virtqueue_locate(const struct virtqueue *q, uint32_t id,
				    struct virtqueue_buffer *b)
{
	const volatile struct vring_desc *desc = &q->desc[id];
	uint64_t offset = desc->addr - q->window_address;
	uint32_t flags = read16(&desc->flags);

	b->data = q->window + (uint32_t)offset;
	b->len = desc->len;
	/* Some masters set WRITE on every buffer, so only a missing one is wrong. */
	return offset <= q->window_size && b->len <= q->window_size - (uint32_t)offset &&
	       !(offset & 3) &&
	       (flags & (q->desc_flags | VRING_DESC_NEXT | VRING_DESC_INDIRECT)) == q->desc_flags;
}

/* Is there something to take? */
static inline int virtqueue_look(struct virtqueue *q)
{
	uint32_t taken = q->taken, ready;

	if (taken != q->seen)
		return VIRTQUEUE_TAKEN;
	ready = (read16(&q->peer->idx) - taken) & 0xffff;
	if (!ready)
		return VIRTQUEUE_NONE;
	if (ready > q->away_at_start + q->given - taken)
		return VIRTQUEUE_NONSENSE;
	__atomic_thread_fence(__ATOMIC_ACQUIRE); /* entries after the index that announced them */
	q->seen = taken + ready;
	return VIRTQUEUE_TAKEN;
}

static inline bool virtqueue_take_used(struct virtqueue *q, struct virtqueue_buffer *b)
{
	const volatile struct vring_used_elem *used = &q->used[q->taken & q->mask];
	uint32_t id = used->id;

	b->id = id;
	b->len = used->len;
	if (id > q->mask || q->shadow[id] != BUFFER_AWAY || b->len > q->buffer_len)
		return false;
	b->data = q->window + id * q->buffer_len;
	q->shadow[id] = BUFFER_HERE;
	q->taken++;
	return true;
}

static inline bool virtqueue_take_available(struct virtqueue *q, struct virtqueue_buffer *b)
{
	uint32_t id = read16(&q->avail[q->taken & q->mask]);

	b->id = id;
	if (id > q->mask || q->shadow[id] != BUFFER_AWAY || !virtqueue_locate(q, id, b))
		return false;
	q->shadow[id] = BUFFER_HERE;
	q->taken++;
	return true;
}

static inline int virtqueue_take(struct virtqueue *q, struct virtqueue_buffer *b)
{
	int result = virtqueue_look(q);

	if (result != VIRTQUEUE_TAKEN)
		return result;
	if (!(q->device ? virtqueue_take_available(q, b) : virtqueue_take_used(q, b)))
		return VIRTQUEUE_NONSENSE;
	return VIRTQUEUE_TAKEN;
}

static inline int virtqueue_take_spare(struct virtqueue *q, struct virtqueue_buffer *b)
{
	uint32_t id = q->spare;

	if (id == q->num)
		return VIRTQUEUE_NONE;
	b->id = id;
	b->len = 0;
	b->data = q->window + id * q->buffer_len;
	if (q->device &&
	    !virtqueue_locate(q, id, b)) /* the descriptor is the driver's: look anew */
		return VIRTQUEUE_NONSENSE;
	q->spare = q->shadow[id] - BUFFER_SPARE;
	q->shadow[id] = BUFFER_HERE;
	return VIRTQUEUE_TAKEN;
}

static inline bool virtqueue_holds(const struct virtqueue *q, uint32_t id)
{
	return id <= q->mask && q->shadow[id] == BUFFER_HERE;
}

/* A buffer that is in our hands. */
static inline void virtqueue_give_held(struct virtqueue *q, uint32_t id, uint32_t len)
{
	uint32_t given = q->given, slot = given & q->mask;

	q->shadow[id] = BUFFER_AWAY;
	if (q->device) {
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

static inline bool virtqueue_give(struct virtqueue *q, uint32_t id, uint32_t len)
{
	if (!virtqueue_holds(q, id))
		return false;
	virtqueue_give_held(q, id, len);
	return true;
}

#endif
