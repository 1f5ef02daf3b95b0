/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One end of a split virtqueue (virtio 1.2, 2.7; the legacy layout, little-endian) in shared
 * memory, for either side: the *driver* posts buffers on the available ring and gets them back
 * from the used ring, the *device* takes available buffers and returns them as used. Every
 * descriptor is one buffer; chains and indirect descriptors are nonsense here, as RPMsg has none.
 *
 * The driver's buffers have fixed places: descriptor i is buffer i of its window. The device finds
 * buffers anywhere in its window, which is all that it will ever touch.
 *
 * What the other end wrote is never trusted. Each index, id, length and address is read once,
 * checked against the private shadow or the window, and only then used. What fails a check is
 * VIRTQUEUE_NONSENSE; the queue's own state is then as it was, and the caller gives up the session.
 *
 * Pure C without globals: ends on the host in one process (unit tests) and on bare metal alike.
 * Barriers are the compiler's __atomic ones, which on ARMv7 are `dmb ish`: both ends run on
 * cores of one inner-shareable domain. Shared memory is normal memory, non-cacheable, so both
 * compiler and cores may reorder.
 */
#ifndef RPMSG_VIRTQUEUE_H
#define RPMSG_VIRTQUEUE_H

#include <stdbool.h>
#include <stdint.h>

struct vring_desc {
	uint64_t addr;
	uint32_t len;
	uint16_t flags;
	uint16_t next;
};
#define VRING_DESC_NEXT	    1u
#define VRING_DESC_WRITE    2u /* the device writes, else it reads */
#define VRING_DESC_INDIRECT 4u

struct vring_head { /* both rings start so */
	uint16_t flags;
	uint16_t idx;
};
#define VRING_NO_INTERRUPT 1u /* "do not kick me": NO_INTERRUPT in available, NO_NOTIFY in used */

struct vring_used_elem {
	uint32_t id;
	uint32_t len;
};

enum virtqueue_side {
	VIRTQUEUE_DRIVER,
	VIRTQUEUE_DEVICE
};

struct virtqueue_config {
	enum virtqueue_side side;
	bool device_writes;	 /* the direction of the buffers' content: from device to driver */
	void *vring;		 /* vring_bytes(), 16-byte aligned */
	uint32_t num;		 /* descriptors: a power of two up to VRING_NUM_MAX */
	uint32_t align;		 /* of the used ring, bytes; a power of two */
	uint8_t *window;	 /* where the buffers are for us … */
	uint64_t window_address; /* … and in descriptors */
	uint32_t window_size;	 /* bytes, all of them with the same upper 32 bits of an address */
	uint32_t buffer_len;	 /* driver: bytes of each buffer */
	uint32_t buffer_count;	 /* driver: buffers in the window, at most num */
	uint16_t *shadow;	 /* private memory for num entries; stays with the queue */
};

/* One buffer in our hands. */
struct virtqueue_buffer {
	uint8_t *data; /* in the window; the other end may change its content at any time */
	uint32_t len;  /* driver: bytes that the device filled; device: bytes of the descriptor */
	uint32_t id;
};

/* Private but for the unit tests. */
struct virtqueue {
	volatile struct vring_desc *desc;
	volatile uint16_t *avail;
	volatile struct vring_used_elem *used;
	volatile struct vring_head *own;  /* the ring that we write */
	volatile struct vring_head *peer; /* the ring that we read */
	uint8_t *window;
	uint64_t window_address;
	uint32_t window_size;
	uint32_t buffer_len;
	uint32_t buffer_count;
	uint16_t *shadow; /* per id: AWAY, HERE or the next spare one */
	uint32_t num;
	uint32_t mask;	/* num - 1 */
	uint32_t taken; /* free-running: entries of peer that we have taken … */
	uint32_t seen;	/* … up to where there were some when we last looked … */
	uint32_t given; /* … and of own that we have given; shared memory has 16 bits of it */
	uint32_t away_at_start; /* + given - taken: buffers at the other end */
	uint32_t spare;		/* head of the list of spare buffers; num: none */
	uint32_t desc_flags;	/* WRITE where buffers are to have it */
	uint32_t obeyed;	/* VRING_NO_INTERRUPT; 0: we kick whatever the other end says */
	bool device;
};

enum {
	VIRTQUEUE_NONE = 0,	 /* nothing there */
	VIRTQUEUE_TAKEN = 1,	 /* a buffer is now in our hands */
	VIRTQUEUE_NONSENSE = -1, /* the other end broke the protocol */
};

/*
 * Take over @c, which need not outlive the call; false if it makes no sense. Touches nothing
 * shared.
 */
bool virtqueue_init(struct virtqueue *q, const struct virtqueue_config *c);

/*
 * Begin a session on a ring that has been zeroed. The driver writes its descriptors, all but
 * their lengths once for all, and has all buffers as spare ones. The device also takes a ring whose
 * driver has put every buffer into the used ring by itself, to have them spare so (rpmsg-lite
 * does). false if we have written this ring before: an old session's, so there is nothing to begin
 * with.
 */
bool virtqueue_start(struct virtqueue *q);

/* Driver: get a used buffer. Device: get an available one. */
static inline int virtqueue_take(struct virtqueue *q, struct virtqueue_buffer *b);

/*
 * Undo that for the buffer that was taken last, if it is still in our hands: it is taken again
 * next, and checked again.
 */
void virtqueue_untake(struct virtqueue *q, uint32_t id);

/* The same for a buffer that was never posted or was put back. */
static inline int virtqueue_take_spare(struct virtqueue *q, struct virtqueue_buffer *b);

/* Keep a buffer in our hands for virtqueue_take_spare() instead of giving it. */
void virtqueue_put_back(struct virtqueue *q, uint32_t id);

/*
 * Driver: add a buffer with @len bytes to read or room to write. Device: add a used one. Whatever
 * it has written, @len is then to be virtqueue_room(): masters take it for the buffer's size when
 * they use it next (OpenAMP, rpmsg-lite). false if the buffer is not in our hands (the caller's
 * mistake).
 */
static inline bool virtqueue_give(struct virtqueue *q, uint32_t id, uint32_t len);

/* Bytes of buffer @id as a whole. The device does not trust the number; it hands it back. */
static inline uint32_t virtqueue_room(const struct virtqueue *q, uint32_t id)
{
	return q->device ? q->desc[id & q->mask].len : q->buffer_len;
}

/* After virtqueue_give(): does the other end want to be kicked? */
static inline bool virtqueue_kick_wanted(struct virtqueue *q)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST); /* our index before their flags */
	return !(q->peer->flags & q->obeyed);
}

/* Is there nothing to take? */
static inline bool virtqueue_empty(const struct virtqueue *q)
{
	return q->peer->idx == (uint16_t)q->taken;
}

/* Ask the other end not to kick, or to kick. The latter is true if there is something already. */
static inline void virtqueue_quiet(struct virtqueue *q)
{
	q->own->flags = VRING_NO_INTERRUPT;
}

/* Driver: give all spare buffers, to be filled. */
void virtqueue_post(struct virtqueue *q);

bool virtqueue_listen(struct virtqueue *q);

/* Is our own index in shared memory still what we wrote? If not, the ring has been zeroed. */
static inline bool virtqueue_intact(const struct virtqueue *q)
{
	return q->own->idx == (uint16_t)q->given;
}

#include "rpmsg/virtqueue_path.h"

#endif
