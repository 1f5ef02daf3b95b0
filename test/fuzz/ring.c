/* SPDX-License-Identifier: BSD-2-Clause */
#include "resource_table/vring.h"
#include "test/fuzz/fuzz.h"
#include "test/fuzz/hostile.h"
#include "test/fuzz/ring.h"

#define NUM_MAX 16

struct ring {
	struct virtqueue q;
	struct virtqueue_config c;
	uint8_t *vring;
	uint32_t vring_bytes;
	uint16_t shadow[NUM_MAX];
	struct bytes *input;
	bool started;
	/* what the caller knows */
	bool held[NUM_MAX];
	uint32_t taken, given;
	/* what an honest other end knows: how many it has taken from our ring, given in its own */
	uint16_t peer_taken, peer_given;
};

static uint32_t number(struct ring *r, uint32_t count)
{
	return fuzz_choice(r->input, count);
}

/* Heap blocks of exactly their size, so that the sanitizer sees one byte too many. */
static bool make(struct ring *r, enum virtqueue_side side)
{
	static const uint64_t addresses[] = { 0, 0x5d042000, 0xfffff000, 0xfffffffffffffff0 };
	struct virtqueue_config *c = &r->c;
	uint32_t avail, used;

	c->side = side;
	c->num = 1u << number(r, 5);
	c->align = 4u << number(r, 6);
	c->device_writes = number(r, 2);
	c->buffer_len = 4 * number(r, 17);
	c->buffer_count = number(r, c->num + 2);
	c->window_size = c->buffer_count * c->buffer_len + number(r, 8);
	c->window_address = addresses[number(r, COUNT(addresses))];
	c->window = malloc(c->window_size + !c->window_size);
	c->shadow = r->shadow;
	r->vring_bytes = (uint32_t)vring_bytes(c->num, c->align);
	c->vring = r->vring = calloc(1, r->vring_bytes);
	assert_true(c->window && r->vring);

	avail = 16 * c->num;
	used = (avail + 6 + 2 * c->num + c->align - 1) & ~(c->align - 1);
	assert_int_equal(r->vring_bytes, used + 6 + 8 * c->num);
	hostile_begin(r->input);
	hostile_share(r->vring, used, side == VIRTQUEUE_DRIVER ? HOSTILE_OURS : HOSTILE_THEIRS);
	hostile_share(r->vring + used, r->vring_bytes - used,
		      side == VIRTQUEUE_DRIVER ? HOSTILE_THEIRS : HOSTILE_OURS);
	hostile_share(c->window, c->window_size, HOSTILE_CONTENT);
	return virtqueue_init(&r->q, c);
}

/* On a ring that is not zero this may fail: then nothing else may be called but this again. */
static void start(struct ring *r)
{
	if (number(r, 4))
		memset(r->vring, 0, r->vring_bytes);
	if (r->q.device && !number(r, 4)) /* as a driver that has filled it */
		r->q.own->idx = (uint16_t)r->c.num;
	hostile_enter();
	r->started = virtqueue_start(&r->q);
	hostile_leave();
	memset(r->held, 0, sizeof(r->held));
	r->taken = r->peer_taken = r->peer_given = 0;
	r->given = r->q.given;
	if (r->started)
		assert_true(!r->given || (r->q.device && r->given == r->c.num));
}

/* Everything is counted once: at the other end, in our hands, or spare. */
static void check_state(const struct ring *r)
{
	const struct virtqueue *q = &r->q;
	uint32_t away = 0, here = 0, spare = 0, exist = q->device ? q->num : q->buffer_count;
	uint32_t id = q->spare;

	for (; id != q->num; spare++) {
		assert_true(id < q->num && spare < q->num);
		assert_true(q->shadow[id] >= 2);
		id = q->shadow[id] - 2u;
	}
	for (uint32_t i = 0; i < exist; i++) {
		away += q->shadow[i] == 0;
		here += q->shadow[i] == 1;
		assert_int_equal(r->held[i], q->shadow[i] == 1);
	}
	assert_int_equal(away + here + spare, exist);
	assert_int_equal(q->taken, r->taken);
	assert_int_equal(q->given, r->given);
	assert_int_equal(away, q->away_at_start + q->given - q->taken);
}

/* A buffer that we were handed: a new one, whole in the window. */
static void check_buffer(struct ring *r, const struct virtqueue_buffer *b)
{
	const struct virtqueue_config *c = &r->c;
	uint64_t offset = (uint64_t)(b->data - c->window);

	assert_true(b->id < c->num && !r->held[b->id]);
	assert_true(b->data >= c->window && offset <= c->window_size);
	assert_true(b->len <= c->window_size - offset);
	if (c->side == VIRTQUEUE_DRIVER) {
		assert_true(b->id < c->buffer_count && b->len <= c->buffer_len);
		assert_int_equal(offset, (uint64_t)b->id * c->buffer_len);
	}
	for (uint32_t i = 0; i < b->len; i++)
		b->data[i]++;
	r->held[b->id] = true;
}

static void take(struct ring *r, int (*from)(struct virtqueue *q, struct virtqueue_buffer *b))
{
	struct virtqueue before = r->q;
	uint16_t shadow[NUM_MAX];
	struct virtqueue_buffer b = { 0 };
	int result;

	memcpy(shadow, r->shadow, sizeof(shadow));
	hostile_enter();
	result = from(&r->q, &b);
	hostile_leave();
	if (result == VIRTQUEUE_TAKEN) {
		r->taken += from == virtqueue_take;
		check_buffer(r, &b);
		return;
	}
	assert_true(result == VIRTQUEUE_NONE || result == VIRTQUEUE_NONSENSE);
	before.seen = r->q.seen; /* how far it has looked */
	assert_memory_equal(&before, &r->q, sizeof(before));
	assert_memory_equal(shadow, r->shadow, sizeof(shadow));
}

static void give(struct ring *r)
{
	uint16_t id = (uint16_t)number(r, r->c.num + 2);
	uint32_t len = number(r, 256);
	bool good;

	hostile_enter();
	good = virtqueue_give(&r->q, id, len);
	hostile_leave();
	assert_int_equal(good, id < r->c.num && r->held[id]);
	if (!good)
		return;
	r->held[id] = false;
	r->given++;
	assert_int_equal(r->q.own->idx, (uint16_t)r->given);
}

static void put_back(struct ring *r)
{
	uint16_t id = (uint16_t)number(r, r->c.num + 2);

	hostile_enter();
	virtqueue_put_back(&r->q, id);
	hostile_leave();
	if (id < r->c.num)
		r->held[id] = false;
}

/* The other end as it should be, as far as what it finds lets it. */
static void honest_device(struct ring *r)
{
	volatile uint16_t *idx = &r->q.peer->idx;

	if (r->peer_taken == r->q.own->idx)
		return;
	r->q.used[r->peer_given % r->c.num].id = r->q.avail[r->peer_taken++ % r->c.num];
	r->q.used[r->peer_given++ % r->c.num].len = number(r, r->c.buffer_len + 1);
	*idx = r->peer_given;
}

static void honest_driver(struct ring *r)
{
	uint16_t slot = r->peer_given % r->c.num, id = slot;
	volatile struct vring_desc *desc;

	if (r->peer_given >= r->c.num) {
		if (r->peer_taken == r->q.own->idx)
			return;
		id = (uint16_t)r->q.used[r->peer_taken++ % r->c.num].id;
	}
	if (id >= r->c.num)
		return;
	desc = &r->q.desc[id];
	desc->addr = r->c.window_address +
		     (r->c.buffer_count ? id % r->c.buffer_count : 0) * (uint64_t)r->c.buffer_len;
	desc->len = r->c.buffer_count ? r->c.buffer_len : 0;
	desc->flags = r->c.device_writes ? VRING_DESC_WRITE : 0;
	r->q.avail[slot] = id;
	r->q.peer->idx = ++r->peer_given;
}

/* The other end as it should not be. */
static void poke(struct ring *r)
{
	uint32_t at = (uint32_t)fuzz_number(r->input, 2) % r->vring_bytes;

	r->vring[at] = (uint8_t)fuzz_number(r->input, 1);
}

static void look(struct ring *r)
{
	hostile_enter();
	virtqueue_listen(&r->q);
	hostile_leave();
	virtqueue_kick_wanted(&r->q);
	virtqueue_intact(&r->q);
	virtqueue_quiet(&r->q);
}

static void step(struct ring *r)
{
	switch (r->started ? number(r, 12) : 8) {
	case 0:
	case 1:
		take(r, virtqueue_take);
		break;
	case 2:
		take(r, virtqueue_take_spare);
		break;
	case 3:
	case 4:
		give(r);
		break;
	case 5:
		put_back(r);
		break;
	case 6:
		look(r);
		break;
	case 7:
		poke(r);
		break;
	case 8:
		start(r);
		break;
	default:
		if (r->q.device)
			honest_driver(r);
		else
			honest_device(r);
	}
}

void ring_fuzz(struct bytes input, enum virtqueue_side side)
{
	struct ring r = { .input = &input };

	if (make(&r, side)) {
		start(&r);
		while (input.size) {
			step(&r);
			if (r.started)
				check_state(&r);
		}
	}
	free(r.vring);
	free(r.c.window);
}
