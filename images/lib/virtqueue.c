/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>
#include <string.h>

#include "images/lib/virtqueue.h"

/* What the shadow holds for a buffer that is not spare; ids and `num` are below both. */
#define AWAY 0xffffu /* the other end has it */
#define HERE 0xfffeu /* the caller has it */

static bool power_of_two(uint32_t n)
{
	return n && !(n & (n - 1));
}

static uint32_t used_offset(uint32_t num, uint32_t align)
{
	uint32_t end = num * 16 + 6 + num * 2;

	return (end + align - 1) & ~(align - 1);
}

uint32_t vring_size(uint32_t num, uint32_t align)
{
	return used_offset(num, align) + 6 + num * 8;
}

bool virtqueue_init(struct virtqueue *q, const struct virtqueue_config *c)
{
	bool device = c->side == VIRTQUEUE_DEVICE;
	uint8_t *vring = c->vring, *avail, *used;

	memset(q, 0, sizeof(*q));
	if (!power_of_two(c->num) || c->num > VRING_NUM_MAX || !power_of_two(c->align) ||
	    c->align < 4 || c->align > 65536 || ((uintptr_t)vring & 15) || !c->shadow)
		return false;
	if (!device && (c->buffer_count > c->num ||
			(uint64_t)c->buffer_count * c->buffer_len > c->window_size))
		return false;
	avail = vring + c->num * 16;
	used = vring + used_offset(c->num, c->align);
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
	q->spare = q->num;
	q->device = device;
	q->desc_flags = c->device_writes ? VRING_DESC_WRITE : 0;
	return true;
}

bool virtqueue_start(struct virtqueue *q)
{
	uint32_t id;

	q->taken = 0;
	q->given = 0;
	q->away = q->device ? q->num : 0;
	q->spare = q->num;
	for (id = q->num; id-- > 0;) {
		if (q->device) {
			q->shadow[id] = AWAY;
		} else if (id < q->buffer_count) {
			q->shadow[id] = q->spare;
			q->spare = (uint16_t)id;
		} else {
			q->shadow[id] =
				HERE; /* does not exist: can neither come back nor be spare */
		}
	}
	return q->own->idx == 0;
}

/* Fill in the place of buffer @b->id; its length too for the device. */
static int locate(const struct virtqueue *q, struct virtqueue_buffer *b)
{
	const volatile struct vring_desc *desc = &q->desc[b->id];
	uint64_t offset;
	uint16_t flags;

	if (!q->device) {
		b->data = q->window + b->id * q->buffer_len;
		return b->len <= q->buffer_len ? VIRTQUEUE_TAKEN : VIRTQUEUE_NONSENSE;
	}
	offset = desc->addr - q->window_address;
	b->len = desc->len;
	flags = desc->flags;
	/* Some masters set WRITE on every buffer, so only a missing one is wrong. */
	if (offset > q->window_size || b->len > q->window_size - (uint32_t)offset || (offset & 3) ||
	    (flags & (VRING_DESC_NEXT | VRING_DESC_INDIRECT)) || (q->desc_flags & ~flags))
		return VIRTQUEUE_NONSENSE;
	b->data = q->window + (uint32_t)offset;
	return VIRTQUEUE_TAKEN;
}

int virtqueue_take(struct virtqueue *q, struct virtqueue_buffer *b)
{
	uint16_t slot = q->taken & (uint16_t)(q->num - 1);
	uint16_t ready = (uint16_t)(q->peer->idx - q->taken);
	uint32_t id;
	int result;

	if (!ready)
		return VIRTQUEUE_NONE;
	if (ready > q->away)
		return VIRTQUEUE_NONSENSE;
	__atomic_thread_fence(__ATOMIC_ACQUIRE); /* the entry after the index that announced it */
	if (q->device) {
		id = q->avail[slot];
	} else {
		id = q->used[slot].id;
		b->len = q->used[slot].len;
	}
	if (id >= q->num || q->shadow[id] != AWAY)
		return VIRTQUEUE_NONSENSE;
	b->id = (uint16_t)id;
	result = locate(q, b);
	if (result == VIRTQUEUE_TAKEN) {
		q->shadow[id] = HERE;
		q->taken++;
		q->away--;
	}
	return result;
}

int virtqueue_take_spare(struct virtqueue *q, struct virtqueue_buffer *b)
{
	int result;

	if (q->spare == q->num)
		return VIRTQUEUE_NONE;
	b->id = q->spare;
	b->len = 0;
	result = locate(q, b);
	if (result == VIRTQUEUE_TAKEN) {
		q->spare = q->shadow[b->id];
		q->shadow[b->id] = HERE;
	}
	return result;
}

void virtqueue_put_back(struct virtqueue *q, const struct virtqueue_buffer *b)
{
	if (b->id < q->num && q->shadow[b->id] == HERE) {
		q->shadow[b->id] = q->spare;
		q->spare = b->id;
	}
}

bool virtqueue_give(struct virtqueue *q, const struct virtqueue_buffer *b, uint32_t len)
{
	uint16_t slot = q->given & (uint16_t)(q->num - 1);

	if (b->id >= q->num || q->shadow[b->id] != HERE)
		return false;
	if (q->device) {
		q->used[slot].id = b->id;
		q->used[slot].len = len;
	} else {
		volatile struct vring_desc *desc = &q->desc[b->id];

		if (b->id >= q->buffer_count)
			return false;
		desc->addr = q->window_address + b->id * q->buffer_len;
		desc->len = len;
		desc->flags = q->desc_flags;
		desc->next = 0;
		q->avail[slot] = b->id;
	}
	q->shadow[b->id] = AWAY;
	q->away++;
	q->given++;
	__atomic_thread_fence(__ATOMIC_RELEASE); /* entry and content before the index */
	q->own->idx = q->given;
	return true;
}

bool virtqueue_kick_wanted(struct virtqueue *q)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST); /* our index before their flags */
	return !(q->peer->flags & VRING_NO_INTERRUPT);
}

void virtqueue_quiet(struct virtqueue *q)
{
	q->own->flags = VRING_NO_INTERRUPT;
}

bool virtqueue_listen(struct virtqueue *q)
{
	q->own->flags = 0;
	__atomic_thread_fence(__ATOMIC_SEQ_CST); /* our flags before their index: look again */
	return q->peer->idx != q->taken;
}

bool virtqueue_intact(const struct virtqueue *q)
{
	return q->own->idx == q->given;
}
