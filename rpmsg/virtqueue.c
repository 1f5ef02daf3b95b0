/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>
#include <string.h>

#include "rpmsg/virtqueue.h"
#include "resource_table/vring.h"

/* What the shadow holds for a buffer; a spare one has SPARE plus the next spare one's id. */
#define AWAY   0u /* the other end has it */
#define HERE   1u /* the caller has it */
#define SPARE  2u
#define ABSENT 0xffffu /* there is no such buffer */

/*
 * Read once, like a volatile access, for which GCC would widen what `ldrh` has widened already:
 * behind the empty statement the compiler no longer knows where the value came from.
 */
static inline uint32_t read16(const volatile uint16_t *at)
{
	uint32_t value = *(const uint16_t *)at;

	__asm__ volatile("" : "+r"(value)::"memory");
	return value;
}

bool virtqueue_init(struct virtqueue *q, const struct virtqueue_config *c)
{
	bool device = c->side == VIRTQUEUE_DEVICE;
	uint32_t bytes = (uint32_t)vring_bytes(c->num, c->align);
	uint8_t *vring = c->vring, *avail, *used;

	memset(q, 0, sizeof(*q));
	if (!bytes || c->align < 4 || ((uintptr_t)vring & 15) || !c->shadow)
		return false;
	if (!device && (c->buffer_count > c->num ||
			(uint64_t)c->buffer_count * c->buffer_len > c->window_size))
		return false;
	avail = vring + c->num * 16;
	used = vring + bytes - (6 + c->num * 8); /* the ring ends with it */
	q->desc = (volatile void *)vring;
	q->avail = (volatile void *)(avail + sizeof(struct vring_head));
	q->used = (volatile void *)(used + sizeof(struct vring_head));
	q->own = (volatile void *)(device ? used : avail);
	q->peer = (volatile void *)(device ? avail : used);
	q->window = c->window;
	q->window_address = c->window_address;
	q->window_size = c->window_size;
	q->buffer_len = c->buffer_len;
	q->buffer_count = c->buffer_count;
	q->shadow = c->shadow;
	q->num = (uint16_t)c->num;
	q->mask = (uint16_t)(q->num - 1);
	q->spare = q->num;
	q->device = device;
	q->desc_flags = c->device_writes ? VRING_DESC_WRITE : 0;
	return true;
}

/*
 * Has the driver itself filled the used ring? In one that we have filled, available entries are
 * ahead of used ones: they end where it does, or up to a whole ring later.
 */
static bool filled_by_driver(const struct virtqueue *q)
{
	return q->device && q->given == q->num && q->peer->idx < q->num;
}

bool virtqueue_start(struct virtqueue *q)
{
	uint32_t id;

	q->taken = 0;
	q->seen = 0;
	q->given = q->own->idx;
	q->spare = q->num;
	if (q->given && !filled_by_driver(q))
		return false;
	q->away_at_start = q->device ? (uint16_t)(q->num - q->given) : 0;
	for (id = q->num; id-- > 0;) {
		if (q->device) {
			q->shadow[id] = AWAY;
		} else if (id < q->buffer_count) {
			volatile struct vring_desc *desc = &q->desc[id];

			desc->addr = q->window_address + (uint64_t)id * q->buffer_len;
			desc->flags = q->desc_flags;
			desc->next = 0;
			q->shadow[id] = (uint16_t)(SPARE + q->spare);
			q->spare = (uint16_t)id;
		} else {
			q->shadow[id] = ABSENT; /* neither comes back, nor is given or spare */
		}
	}
	return true;
}

/* Device: where is the buffer of descriptor @id? false if not wholly in the window, or a chain. */
static inline __attribute__((always_inline)) bool locate(const struct virtqueue *q, uint32_t id,
							 struct virtqueue_buffer *b)
{
	const volatile struct vring_desc *desc = &q->desc[id];
	uint64_t offset = desc->addr - q->window_address;
	uint32_t len = desc->len;
	uint32_t flags = read16(&desc->flags);

	/* Some masters set WRITE on every buffer, so only a missing one is wrong. */
	if (offset >> 32 || (uint32_t)offset > q->window_size ||
	    len > q->window_size - (uint32_t)offset || (offset & 3) ||
	    (flags & (q->desc_flags | VRING_DESC_NEXT | VRING_DESC_INDIRECT)) != q->desc_flags)
		return false;
	b->data = q->window + (uint32_t)offset;
	b->len = len;
	return true;
}

/* Nothing is left of what we saw last: look for more. */
static int look(struct virtqueue *q)
{
	uint32_t idx = read16(&q->peer->idx);
	uint16_t ready = (uint16_t)(idx - q->taken);

	if (!ready)
		return VIRTQUEUE_NONE;
	if (ready > (uint16_t)(q->away_at_start + q->given - q->taken))
		return VIRTQUEUE_NONSENSE;
	__atomic_thread_fence(__ATOMIC_ACQUIRE); /* entries after the index that announced them */
	q->seen = (uint16_t)idx;
	return VIRTQUEUE_TAKEN;
}

int virtqueue_take(struct virtqueue *q, struct virtqueue_buffer *b)
{
	uint32_t slot, id, len;

	if (q->taken == q->seen) {
		int result = look(q);

		if (result != VIRTQUEUE_TAKEN)
			return result;
	}
	slot = q->taken & q->mask;
	if (q->device) {
		id = read16(&q->avail[slot]);
		if (id > q->mask || q->shadow[id] != AWAY || !locate(q, id, b))
			return VIRTQUEUE_NONSENSE;
	} else {
		id = q->used[slot].id;
		len = q->used[slot].len;
		if (id > q->mask || q->shadow[id] != AWAY || len > q->buffer_len)
			return VIRTQUEUE_NONSENSE;
		b->data = q->window + id * q->buffer_len;
		b->len = len;
	}
	b->id = (uint16_t)id;
	q->shadow[id] = HERE;
	q->taken++;
	return VIRTQUEUE_TAKEN;
}

int virtqueue_take_spare(struct virtqueue *q, struct virtqueue_buffer *b)
{
	uint16_t id = q->spare;

	if (id == q->num)
		return VIRTQUEUE_NONE;
	b->id = id;
	b->len = 0;
	b->data = q->window + id * q->buffer_len;
	if (q->device && !locate(q, id, b)) /* the descriptor is the driver's: look anew */
		return VIRTQUEUE_NONSENSE;
	q->spare = (uint16_t)(q->shadow[id] - SPARE);
	q->shadow[id] = HERE;
	return VIRTQUEUE_TAKEN;
}

void virtqueue_put_back(struct virtqueue *q, uint16_t id)
{
	if (id <= q->mask && q->shadow[id] == HERE) {
		q->shadow[id] = (uint16_t)(SPARE + q->spare);
		q->spare = id;
	}
}

bool virtqueue_give(struct virtqueue *q, uint16_t id, uint32_t len)
{
	uint16_t given = q->given;
	uint32_t slot = given & q->mask;

	if (id > q->mask || q->shadow[id] != HERE)
		return false;
	q->shadow[id] = AWAY;
	if (q->device) {
		q->used[slot].id = id;
		q->used[slot].len = len;
	} else {
		q->desc[id].len = len; /* the rest of it stays as it was at the start */
		q->avail[slot] = id;
	}
	given++;
	q->given = given;
	__atomic_thread_fence(__ATOMIC_RELEASE); /* entry and content before the index */
	q->own->idx = given;
	return true;
}

bool virtqueue_listen(struct virtqueue *q)
{
	q->own->flags = 0;
	__atomic_thread_fence(__ATOMIC_SEQ_CST); /* our flags before their index: look again */
	return q->peer->idx != q->taken;
}
