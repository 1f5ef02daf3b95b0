/* SPDX-License-Identifier: BSD-2-Clause */
#include "rpmsg/virtqueue.h"
#include "resource_table/vring.h"
#include "test/unit/unit.h"

#define ALIGN	16
#define BUFFER	8
#define ADDRESS 0xfffffff000ull
#define MAX_NUM 8

struct queues {
	struct virtqueue driver, device;
	uint8_t *vring, *window;
	uint16_t shadow[2][MAX_NUM];
};

/* @index is where the free-running indices of both sides stand. */
static void stand_at(struct queues *q, uint32_t index)
{
	q->driver.taken = q->driver.seen = q->driver.given = index;
	q->device.taken = q->device.seen = q->device.given = index;
	q->driver.own->idx = q->device.own->idx = (uint16_t)index;
}

/* Both sides of one ring. */
static void make(struct queues *q, uint32_t num, uint32_t index)
{
	struct virtqueue_config c = {
		.num = num,
		.align = ALIGN,
		.window_address = ADDRESS,
		.window_size = num * BUFFER,
		.buffer_len = BUFFER,
		.buffer_count = num,
	};

	c.vring = q->vring = calloc(1, vring_bytes(num, ALIGN));
	c.window = q->window = calloc(num, BUFFER);
	c.side = VIRTQUEUE_DRIVER;
	c.shadow = q->shadow[0];
	assert_true(virtqueue_init(&q->driver, &c));
	c.side = VIRTQUEUE_DEVICE;
	c.shadow = q->shadow[1];
	assert_true(virtqueue_init(&q->device, &c));
	assert_true(virtqueue_start(&q->driver));
	assert_true(virtqueue_start(&q->device));
	stand_at(q, index);
}

static void release(struct queues *q)
{
	free(q->vring);
	free(q->window);
}

/* The layout of virtio's legacy interface, by its own numbers. */
static void layout_is_virtio(void **state)
{
	uint8_t *vring = calloc(1, 10246);
	uint16_t shadow[256];
	struct virtqueue_config c = { .side = VIRTQUEUE_DRIVER,
				      .vring = vring,
				      .num = 256,
				      .align = 4096,
				      .window = vring,
				      .window_address = 0x5d042000,
				      .window_size = 4096,
				      .buffer_len = 512,
				      .buffer_count = 8,
				      .device_writes = true,
				      .shadow = shadow };
	static const uint8_t desc1[16] = { 0, 0x22, 0x04, 0x5d, 0, 0, 0, 0, 0, 2, 0, 0, 2, 0, 0, 0 };
	struct virtqueue_buffer b;
	struct virtqueue q;

	(void)state;
	assert_int_equal(vring_bytes(256, 4096), 10246);
	assert_int_equal(vring_bytes(8, 4096), 4096 + 6 + 64);
	assert_true(virtqueue_init(&q, &c));
	assert_true(virtqueue_start(&q));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(virtqueue_take_spare(&q, &b), VIRTQUEUE_TAKEN);
		assert_true(virtqueue_give(&q, b.id, 512));
	}
	assert_memory_equal(vring + 16, desc1, 16);
	assert_int_equal(vring[4096 + 2], 2); /* avail->idx */
	assert_int_equal(vring[4096 + 6], 1); /* avail->ring[1] */
	/* A device returns buffer 1 first. */
	vring[8192 + 4] = 1;
	vring[8192 + 8] = 17;
	vring[8192 + 2] = 1;
	assert_int_equal(virtqueue_take(&q, &b), VIRTQUEUE_TAKEN);
	assert_int_equal(b.id, 1);
	assert_int_equal(b.len, 17);
	assert_ptr_equal(b.data, vring + 512);
	free(vring);
}

/* Every start index, so every place where one of the four indices wraps, here or in shared memory. */
static void indices_wrap_from(uint32_t first)
{
	for (uint32_t num = 1; num <= MAX_NUM; num *= 2) {
		struct virtqueue_buffer b[MAX_NUM];
		struct queues q;

		make(&q, num, 0);
		for (uint32_t index = 0; index < 0x10000; index += num == 4 ? 1 : 13) {
			stand_at(&q, first + index);
			for (uint32_t i = 0; i < num; i++) {
				assert_int_equal(virtqueue_take_spare(&q.driver, &b[0]), 1);
				assert_true(virtqueue_give(&q.driver, b[0].id, i + 1));
			}
			assert_int_equal(virtqueue_take_spare(&q.driver, &b[0]), 0);
			for (uint32_t i = 0; i < num; i++) {
				assert_int_equal(virtqueue_take(&q.device, &b[i]), 1);
				assert_int_equal(b[i].len, i + 1);
			}
			assert_int_equal(virtqueue_take(&q.device, &b[0]), 0);
			for (uint32_t i = num; i-- > 0;) /* returned in another order */
				assert_true(virtqueue_give(&q.device, b[i].id, i + 1));
			for (uint32_t i = num; i-- > 0;) {
				assert_int_equal(virtqueue_take(&q.driver, &b[0]), 1);
				assert_int_equal(b[0].id, b[i].id);
				assert_int_equal(b[0].len, i + 1);
				virtqueue_put_back(&q.driver, b[0].id);
			}
			assert_int_equal(virtqueue_take(&q.driver, &b[0]), 0);
			assert_true(virtqueue_intact(&q.driver) && virtqueue_intact(&q.device));
		}
		release(&q);
	}
}

static void indices_wrap(void **state)
{
	(void)state;
	indices_wrap_from(0);
	indices_wrap_from(0xffff0000);
}

enum operation {
	POST,
	TAKE,
	RETURN_OLDEST,
	RETURN_NEWEST,
	RECLAIM,
	OPERATIONS
};

/* What must be true, by queues of buffer ids: those made available, held by the device, used. */
struct model {
	uint16_t available[2], held[2], used[2];
	unsigned availables, helds, useds;
};

static uint16_t pull(uint16_t *list, unsigned *count, unsigned at)
{
	uint16_t id = list[at];

	list[at] = list[1];
	(*count)--;
	return id;
}

static void step(struct queues *q, struct model *m, enum operation op)
{
	struct virtqueue_buffer b;
	unsigned in_ring = m->availables + m->helds + m->useds;

	switch (op) {
	case POST:
		assert_int_equal(virtqueue_take_spare(&q->driver, &b), in_ring < 2);
		if (in_ring < 2) {
			assert_true(virtqueue_give(&q->driver, b.id, BUFFER));
			assert_false(virtqueue_give(&q->driver, b.id, BUFFER));
			m->available[m->availables++] = (uint16_t)b.id;
		}
		break;
	case TAKE:
		assert_int_equal(virtqueue_take(&q->device, &b), m->availables > 0);
		if (m->availables) {
			m->held[m->helds] = pull(m->available, &m->availables, 0);
			assert_int_equal(b.id, m->held[m->helds++]);
			assert_ptr_equal(b.data, q->window + b.id * BUFFER);
		}
		break;
	case RETURN_OLDEST:
	case RETURN_NEWEST:
		if (!m->helds)
			break;
		b.id = pull(m->held, &m->helds, op == RETURN_OLDEST ? 0 : m->helds - 1);
		assert_true(virtqueue_give(&q->device, b.id, 3));
		assert_false(virtqueue_give(&q->device, b.id, 3));
		m->used[m->useds++] = (uint16_t)b.id;
		break;
	default:
		assert_int_equal(virtqueue_take(&q->driver, &b), m->useds > 0);
		if (m->useds) {
			assert_int_equal(b.id, pull(m->used, &m->useds, 0));
			assert_int_equal(b.len, 3);
			virtqueue_put_back(&q->driver, b.id);
		}
	}
}

/* All sequences of eight operations on a ring of two, with the indices about to wrap. */
static void all_sequences(void **state)
{
	unsigned sequences = 1;

	(void)state;
	for (int i = 0; i < 8; i++)
		sequences *= OPERATIONS;
	for (unsigned n = 0; n < sequences; n++) {
		struct model m = { 0 };
		struct queues q;
		unsigned rest = n;

		make(&q, 2, (uint16_t)(0xfffe + n % 3));
		for (int i = 0; i < 8; i++, rest /= OPERATIONS)
			step(&q, &m, (enum operation)(rest % OPERATIONS));
		release(&q);
	}
}

static void kicks_are_obeyed(void **state)
{
	struct virtqueue_buffer b;
	struct queues q;

	(void)state;
	make(&q, 4, 0xffff);
	assert_true(virtqueue_kick_wanted(&q.driver));
	virtqueue_quiet(&q.device);
	assert_false(virtqueue_kick_wanted(&q.driver));
	assert_true(virtqueue_kick_wanted(&q.device));
	/* Nothing yet: the device may sleep, and is kicked for the next buffer. */
	assert_false(virtqueue_listen(&q.device));
	virtqueue_quiet(&q.device);
	assert_int_equal(virtqueue_take_spare(&q.driver, &b), 1);
	assert_true(virtqueue_give(&q.driver, b.id, 1));
	assert_false(virtqueue_kick_wanted(&q.driver));
	/* It came before the device listened: no kick for it, so the device must look again. */
	assert_true(virtqueue_listen(&q.device));
	assert_true(virtqueue_kick_wanted(&q.driver));
	assert_int_equal(virtqueue_take(&q.device, &b), 1);
	virtqueue_quiet(&q.driver);
	assert_true(virtqueue_give(&q.device, b.id, 1));
	assert_false(virtqueue_kick_wanted(&q.device));
	assert_true(virtqueue_listen(&q.driver));
	release(&q);
}

static void put_back_comes_again(void **state)
{
	struct virtqueue_buffer b[2], c;
	struct queues q;

	(void)state;
	make(&q, 2, 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(virtqueue_take_spare(&q.driver, &b[i]), 1);
		assert_true(virtqueue_give(&q.driver, b[i].id, BUFFER));
	}
	/* The device too can keep a buffer for later, and the driver notices nothing. */
	assert_int_equal(virtqueue_take(&q.device, &c), 1);
	virtqueue_put_back(&q.device, c.id);
	virtqueue_put_back(&q.device, c.id); /* not in our hands: no effect */
	assert_int_equal(virtqueue_take_spare(&q.device, &c), 1);
	assert_int_equal(c.len, BUFFER);
	assert_int_equal(virtqueue_take_spare(&q.device, &b[1]), 0);
	assert_int_equal(virtqueue_take(&q.device, &b[1]), 1);
	assert_int_not_equal(b[1].id, c.id);
	assert_true(virtqueue_give(&q.device, c.id, 0));
	release(&q);
}

/* A driver with fewer buffers than descriptors has no others, whatever it is told to do with them. */
static void absent_buffers_stay_absent(void **state)
{
	struct virtqueue_buffer b;
	struct queues q;
	struct virtqueue_config c = {
		.side = VIRTQUEUE_DRIVER,
		.num = 8,
		.align = ALIGN,
		.window_address = ADDRESS,
		.window_size = 5 * BUFFER,
		.buffer_len = BUFFER,
		.buffer_count = 5,
		.shadow = q.shadow[0],
	};

	(void)state;
	c.vring = q.vring = calloc(1, vring_bytes(8, ALIGN));
	c.window = q.window = calloc(5, BUFFER);
	assert_true(virtqueue_init(&q.driver, &c));
	assert_true(virtqueue_start(&q.driver));
	for (uint16_t id = 5; id < 10; id++) {
		assert_false(virtqueue_give(&q.driver, id, 1));
		virtqueue_put_back(&q.driver, id);
	}
	for (unsigned i = 0; i < 5; i++) {
		assert_int_equal(virtqueue_take_spare(&q.driver, &b), VIRTQUEUE_TAKEN);
		assert_true(b.id < 5);
	}
	assert_int_equal(virtqueue_take_spare(&q.driver, &b), VIRTQUEUE_NONE);
	release(&q);
}

static void a_used_ring_is_not_begun(void **state)
{
	struct virtqueue_buffer b;
	struct queues q;

	(void)state;
	make(&q, 2, 0);
	assert_int_equal(virtqueue_take_spare(&q.driver, &b), 1);
	assert_true(virtqueue_give(&q.driver, b.id, 1));
	assert_false(virtqueue_start(&q.driver));
	assert_true(virtqueue_start(&q.device)); /* has written nothing */
	memset(q.vring, 0, vring_bytes(2, ALIGN));
	assert_true(virtqueue_start(&q.driver));
	release(&q);
}

static void bad_descriptions_are_refused(void **state)
{
	static _Alignas(16) uint8_t memory[4096];
	uint16_t shadow[8];
	struct virtqueue_config good = { .side = VIRTQUEUE_DRIVER,
					 .vring = memory,
					 .num = 8,
					 .align = 16,
					 .window = memory,
					 .window_size = 64,
					 .buffer_len = 8,
					 .buffer_count = 8,
					 .shadow = shadow };
	struct virtqueue_config bad[] = {
		good, good, good, good, good, good, good, good, good, good
	};
	struct virtqueue q;

	(void)state;
	bad[0].num = 0;
	bad[1].num = 6;
	bad[2].num = 65536;
	bad[3].align = 0;
	bad[4].align = 24;
	bad[5].vring = memory + 8;
	bad[6].buffer_count = 9;
	bad[7].window_size = 63;
	bad[8].shadow = NULL;
	bad[9].window_address = 0x500000000 - 63;
	assert_true(virtqueue_init(&q, &good));
	good.window_address = 0x500000000 - 64;
	assert_true(virtqueue_init(&q, &good));
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_false(virtqueue_init(&q, &bad[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_is_virtio),
		cmocka_unit_test(indices_wrap),
		cmocka_unit_test(all_sequences),
		cmocka_unit_test(kicks_are_obeyed),
		cmocka_unit_test(put_back_comes_again),
		cmocka_unit_test(absent_buffers_stay_absent),
		cmocka_unit_test(a_used_ring_is_not_begun),
		cmocka_unit_test(bad_descriptions_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
