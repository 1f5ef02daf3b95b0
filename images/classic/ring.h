/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The device's side of a split ring, as small as firmware has it: no shadow, no checks. It is a
 * peer to test with, not one to learn from; rpmsg/virtqueue.h is.
 */
#ifndef IMAGES_CLASSIC_RING_H
#define IMAGES_CLASSIC_RING_H

#include <stdbool.h>
#include <stdint.h>

struct ring_desc {
	uint64_t addr;
	uint32_t len;
	uint16_t flags;
	uint16_t next;
};

struct ring_avail {
	uint16_t flags;
	uint16_t idx;
	uint16_t ring[];
};

struct ring_used {
	uint16_t flags;
	uint16_t idx;
	struct {
		uint32_t id;
		uint32_t len;
	} ring[];
};
#define RING_NO_INTERRUPT 1

struct ring {
	volatile struct ring_desc *desc;
	volatile struct ring_avail *avail;
	volatile struct ring_used *used;
	uint32_t num;
	uint16_t taken; /* available entries that we have taken, and … */
	uint16_t given; /* … used ones that we have given, since the ring was zeroed */
};

struct ring_buffer {
	uint8_t *data;
	uint32_t len;
	uint16_t id;
};

/* Begin on a ring of @num descriptors at @address, its used part at a multiple of @align. */
void ring_start(struct ring *r, uint32_t address, uint32_t num, uint32_t align);

/* The next available buffer; false if there is none. It is taken by ring_give() only. */
bool ring_peek(const struct ring *r, struct ring_buffer *b);

/* Return the buffer that ring_peek() has shown, with @len bytes written; true: kick the driver. */
bool ring_give(struct ring *r, const struct ring_buffer *b, uint32_t len);

/* Has the driver zeroed it under our feet? */
bool ring_zeroed(const struct ring *r);

#endif
