/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>
#include <string.h>

#include "rpmsg/virtqueue.h"
#include "resource_table/vring.h"

bool virtqueue_init(struct virtqueue *q, const struct virtqueue_config *c)
{
	bool device = c->side == VIRTQUEUE_DEVICE;
	uint32_t bytes = (uint32_t)vring_bytes(c->num, c->align);
	uint8_t *vring = c->vring, *avail, *used;

	memset(q, 0, sizeof(*q));
	if (!bytes || c->align < 4 ||
	    (uint64_t)(uint32_t)c->window_address + c->window_size > 1ull << 32 ||
	    ((uintptr_t)vring & 15) || !c->shadow)
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
	q->num = c->num;
	q->mask = q->num - 1;
	q->spare = q->num;
	q->device = device;
	q->desc_flags = c->device_writes ? VRING_DESC_WRITE : 0;
	q->obeyed = VRING_NO_INTERRUPT;
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
	q->away_at_start = q->device ? q->num - q->given : 0;
	for (id = q->num; id-- > 0;) {
		if (q->device) {
			q->shadow[id] = BUFFER_AWAY;
		} else if (id < q->buffer_count) {
			volatile struct vring_desc *desc = &q->desc[id];

			desc->addr = q->window_address + (uint64_t)id * q->buffer_len;
			desc->flags = (uint16_t)q->desc_flags;
			desc->next = 0;
			q->shadow[id] = (uint16_t)(BUFFER_SPARE + q->spare);
			q->spare = id;
		} else {
			q->shadow[id] =
				BUFFER_ABSENT; /* neither comes back, nor is given or spare */
		}
	}
	return true;
}

void virtqueue_untake(struct virtqueue *q, uint32_t id)
{
	if (virtqueue_holds(q, id)) {
		q->shadow[id] = BUFFER_AWAY;
		q->taken--;
	}
}

void virtqueue_post(struct virtqueue *q)
{
	while (q->spare != q->num) {
		uint32_t id = q->spare;

		q->spare = q->shadow[id] - BUFFER_SPARE;
		virtqueue_give_held(q, id, q->buffer_len);
	}
}

void virtqueue_put_back(struct virtqueue *q, uint32_t id)
{
	if (virtqueue_holds(q, id)) {
		q->shadow[id] = (uint16_t)(BUFFER_SPARE + q->spare);
		q->spare = id;
	}
}

bool virtqueue_listen(struct virtqueue *q)
{
	q->own->flags = 0;
	__atomic_thread_fence(__ATOMIC_SEQ_CST); /* our flags before their index: look again */
	return !virtqueue_empty(q);
}
