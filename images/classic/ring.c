/* SPDX-License-Identifier: BSD-2-Clause */
#include "images/classic/ring.h"

static void barrier(void)
{
	__asm__ volatile("dmb sy" ::: "memory");
}

void ring_start(struct ring *r, uint32_t address, uint32_t num, uint32_t align)
{
	uint32_t avail = address + num * (uint32_t)sizeof(struct ring_desc);
	uint32_t used = (avail + 3 * 2 + num * 2 + align - 1) & ~(align - 1);

	r->desc = (void *)(uintptr_t)address;
	r->avail = (void *)(uintptr_t)avail;
	r->used = (void *)(uintptr_t)used;
	r->num = num;
	r->taken = 0;
	r->given = 0;
}

bool ring_peek(const struct ring *r, struct ring_buffer *b)
{
	if (r->avail->idx == r->taken)
		return false;
	barrier();
	b->id = r->avail->ring[r->taken % r->num];
	b->data = (void *)(uintptr_t)r->desc[b->id].addr;
	b->len = r->desc[b->id].len;
	return true;
}

bool ring_give(struct ring *r, const struct ring_buffer *b, uint32_t len)
{
	r->taken++;
	r->used->ring[r->given % r->num].id = b->id;
	r->used->ring[r->given % r->num].len = len;
	r->given++;
	barrier();
	r->used->idx = r->given;
	barrier();
	return !(r->avail->flags & RING_NO_INTERRUPT);
}

bool ring_zeroed(const struct ring *r)
{
	return r->used->idx != r->given;
}
