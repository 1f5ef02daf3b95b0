/* SPDX-License-Identifier: BSD-2-Clause */
#include <linux/virtio_ring.h>

#include "test/unit/unit.h"
#include "resource_table/table.h"

#define VENDOR_OTHER 200
#define TYPE_FUTURE  77

/* A firmware's table with one entry of each kind, in the way that compilers lay them out. */
struct firmware {
	uint32_t ver, num, reserved[2], offset[7];
	struct resource_carveout carveout;
	struct {
		uint32_t type, data[3];
	} __attribute__((packed)) other;
	struct {
		struct resource_vdev head;
		struct resource_vring vring[2];
		uint32_t config;
	} __attribute__((packed)) vdev;
	struct resource_trace trace;
	struct link_resource link;
	struct resource_carveout devmem, carveout2;
} __attribute__((packed));

#define AT(member) ((uint32_t)offsetof(struct firmware, member))

static const struct firmware good = {
	.ver = 1,
	.num = 7,
	.offset = { AT(carveout), AT(other), AT(vdev), AT(trace), AT(link), AT(devmem),
		    AT(carveout2) },
	.carveout = { RESOURCE_CARVEOUT, RESOURCE_ANY, 0, 0x1800, 0, 0, "heap" },
	.other = { VENDOR_OTHER, { 1, 2, 3 } },
	.vdev = { { RESOURCE_VDEV, 7, 9, 1, 1, 4, 7, 2, { 0, 0 } },
		  { { RESOURCE_ANY, 4096, 256, 5, 0 }, { RESOURCE_ANY, 4096, 256, 5, 0 } },
		  0xc0ffee },
	.trace = { RESOURCE_TRACE, 0x5d004000, 0x4000, 0, "trace-b" },
	.link = { .type = RESOURCE_LINK,
		  .magic = LINK_MAGIC,
		  .version = LINK_VERSION,
		  .length = sizeof(struct link_resource),
		  .session.epoch = { 3, 4 } },
	.devmem = { RESOURCE_DEVMEM, 0x1000, 0x09000000, 0x1000, 0, 0, "uart" },
	.carveout2 = { RESOURCE_CARVEOUT, 0x5d041000, 0, 0x1000, 0, 0,
		       "a name of thirty-two characters." },
};

static const struct link_description plain = {
	.name = { "b", "linux" },
	.table = { 0x5d000000, 0 },
	.role = { LINK_REMOTE, LINK_MASTER },
	.doorbell = { { LINK_DOORBELL_SGI, 8, 4 }, { LINK_DOORBELL_SPI, 100, 0 } },
	.buffer_len = 512,
	.memory = { 0x5d040000, 0x80000 },
};

/* Read a copy of exactly its size. */
static int read_copy(struct table *t, const void *data, size_t size, struct error *e)
{
	struct bytes b = bytes_copy(data, size);

	memset(e, 0, sizeof(*e));
	return table_read(t, (uint8_t *)(uintptr_t)b.data, size, "b", e);
}

static void drop(struct table *t)
{
	free(t->data);
}

static void test_reads_every_entry(void **state)
{
	const struct {
		uint32_t type, offset, size;
	} want[] = {
		{ RESOURCE_CARVEOUT, AT(carveout), sizeof(good.carveout) },
		{ VENDOR_OTHER, AT(other), sizeof(good.other) },
		{ RESOURCE_VDEV, AT(vdev), sizeof(good.vdev) },
		{ RESOURCE_TRACE, AT(trace), sizeof(good.trace) },
		{ RESOURCE_LINK, AT(link), sizeof(good.link) },
		{ RESOURCE_DEVMEM, AT(devmem), sizeof(good.devmem) },
		{ RESOURCE_CARVEOUT, AT(carveout2), sizeof(good.carveout2) },
	};
	struct error e;
	struct table t;

	(void)state;
	assert_int_equal(read_copy(&t, &good, sizeof(good), &e), 0);
	assert_int_equal(t.count, COUNT(want));
	for (unsigned i = 0; i < COUNT(want); i++) {
		assert_int_equal(t.entry[i].type, want[i].type);
		assert_int_equal(t.entry[i].offset, want[i].offset);
		assert_int_equal(t.entry[i].size, want[i].size);
	}
	assert_ptr_equal(table_find(&t, RESOURCE_CARVEOUT, 1), &t.entry[6]);
	assert_null(table_find(&t, RESOURCE_CARVEOUT, 2));
	assert_null(table_find(&t, TYPE_FUTURE, 0));
	drop(&t);
}

static void test_no_entries(void **state)
{
	const struct resource_table none = { .ver = 1 };
	struct error e;
	struct table t;

	(void)state;
	assert_int_equal(read_copy(&t, &none, sizeof(none), &e), 0);
	assert_int_equal(t.count, 0);
	drop(&t);
}

/* One word or byte changed, and what the reader says. */
static void test_refuses(void **state)
{
#define WORD(member, v)                                            \
	{                                                          \
#member " = " #v, AT(member), 4, v, E_TABLE_BROKEN \
	}
#define BYTE(member, v)                                            \
	{                                                          \
#member " = " #v, AT(member), 1, v, E_TABLE_BROKEN \
	}
	static const struct {
		const char *what;
		uint32_t at, size, value;
		int code;
	} cases[] = {
		WORD(ver, 0),
		WORD(ver, 2),
		WORD(reserved[0], 1),
		WORD(reserved[1], 0x80000000),
		WORD(num, 0x40000000), /* × 4 is 0 in 32 bits */
		WORD(num, 0x40000007),
		WORD(num, 0xffffffff),
		WORD(num, 8), /* offset[7] is a carve-out's type: 0 */
		WORD(offset[0], 0),
		WORD(offset[0], AT(carveout) - 1), /* inside the offsets */
		WORD(offset[0], AT(other)),	   /* the next one is not behind it */
		WORD(offset[1], AT(carveout)),
		WORD(offset[2], AT(other) + 3),
		WORD(offset[3], AT(vdev)), /* twice the same */
		WORD(offset[3], AT(vdev) + 28),
		WORD(offset[3], AT(trace) - 1), /* over the config space */
		WORD(offset[6], sizeof(good)),
		WORD(offset[6], sizeof(good) - 3),
		WORD(offset[6], AT(carveout2) + 1), /* cut off by a byte */
		WORD(offset[6], 0xfffffffc),
		WORD(offset[6], 0xffffffff),
		WORD(carveout.reserved, 1),
		WORD(devmem.reserved, 0x01000000),
		WORD(trace.reserved, 0x100),
		BYTE(vdev.head.reserved[0], 1),
		BYTE(vdev.head.reserved[1], 1),
		BYTE(vdev.head.num_of_vrings, 3),
		BYTE(vdev.head.num_of_vrings, 255),
		WORD(vdev.head.config_len, 5), /* reaches into the trace */
		WORD(vdev.head.config_len, 0x10000),
		WORD(vdev.head.config_len, 0xffffffff),
		WORD(vdev.vring[0].num, 0),
		WORD(vdev.vring[1].num, 255),
		WORD(vdev.vring[1].num, 65536),
		WORD(vdev.vring[0].num, 0x80000000),
		WORD(vdev.vring[0].align, 0),
		WORD(vdev.vring[1].align, 3),
		WORD(vdev.vring[1].align, 0x80000000),
		BYTE(link.version, LINK_VERSION + 1),
		BYTE(link.length, sizeof(good.link) - 1),
		BYTE(link.length, sizeof(good.link) + 1), /* reaches into the next */
		{ "link.length far", AT(link.length), 2, 0xffff, E_TABLE_BROKEN },
	};
	struct error e;
	struct table t;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct bytes b = bytes_copy(&good, sizeof(good));
		int rc;

		for (unsigned k = 0; k < cases[i].size; k++)
			*bytes_at(b, cases[i].at + k) = (uint8_t)(cases[i].value >> 8 * k);
		memset(&e, 0, sizeof(e));
		rc = table_read(&t, bytes_at(b, 0), sizeof(good), "b", &e);
		if (rc != cases[i].code || e.code != cases[i].code || t.count)
			fail_msg("%s: %d, wanted %d", cases[i].what, rc, cases[i].code);
		bytes_free(b);
	}
}

/* Nothing but the head, which promises as many entries as 32 bits lose. */
static void test_refuses_promises(void **state)
{
	struct resource_table head = { .ver = 1 };
	struct error e;
	struct table t;

	(void)state;
	for (uint32_t num = 1; num; num = num < 0x80000000 ? 2 * num : 0) {
		head.num = num;
		assert_int_equal(read_copy(&t, &head, sizeof(head), &e), E_TABLE_BROKEN);
		drop(&t);
	}
}

/* As the last entries, where nothing comes behind that they could reach into. */
static void test_refuses_last_entries(void **state)
{
	struct {
		uint32_t head[4], offset[1];
		struct resource_vdev vdev;
		struct resource_vring vring[3];
	} __attribute__((packed))
	rings = { { 1, 1 }, { 20 }, { .type = RESOURCE_VDEV }, { { 0 } } };
	struct {
		uint32_t head[4], offset[1];
		struct link_resource link;
	} __attribute__((packed)) last = { { 1, 1 }, { 20 }, good.link };
	struct error e;
	struct table t;

	(void)state;
	for (unsigned i = 0; i < 3; i++)
		rings.vring[i] = good.vdev.vring[0];
	for (unsigned i = 0; i <= 3; i++) {
		rings.vdev.num_of_vrings = (uint8_t)i;
		assert_int_equal(read_copy(&t, &rings, sizeof(rings), &e),
				 i <= 2 ? 0 : E_TABLE_BROKEN);
		drop(&t);
	}
	assert_int_equal(read_copy(&t, &last, sizeof(last), &e), 0);
	drop(&t);
	last.link.length++;
	assert_int_equal(read_copy(&t, &last, sizeof(last), &e), E_TABLE_BROKEN);
	drop(&t);
}

static void test_refuses_cut_off(void **state)
{
	struct error e;
	struct table t;

	(void)state;
	for (size_t size = 0; size < sizeof(good); size++) {
		assert_int_equal(read_copy(&t, &good, size, &e), E_TABLE_BROKEN);
		drop(&t);
	}
}

static void test_refuses_too_many(void **state)
{
	struct {
		uint32_t head[4], offset[RESOURCE_ENTRIES_MAX + 1], entry[RESOURCE_ENTRIES_MAX + 1];
	} many = { .head = { 1, RESOURCE_ENTRIES_MAX } };
	struct {
		uint32_t head[4], offset[TABLE_VDEVS + 1];
		struct resource_vdev vdev[TABLE_VDEVS + 1];
	} vdevs = { .head = { 1, TABLE_VDEVS } };
	static uint8_t large[RESOURCE_TABLE_MAX + 1];
	struct error e;
	struct table t;

	(void)state;
	for (unsigned i = 0; i <= RESOURCE_ENTRIES_MAX; i++) {
		many.offset[i] = (uint32_t)((uint8_t *)&many.entry[i] - (uint8_t *)&many);
		many.entry[i] = VENDOR_OTHER;
	}
	assert_int_equal(read_copy(&t, &many, sizeof(many), &e), 0);
	drop(&t);
	many.head[1]++;
	assert_int_equal(read_copy(&t, &many, sizeof(many), &e), E_TOO_MANY);
	drop(&t);

	for (unsigned i = 0; i <= TABLE_VDEVS; i++) {
		vdevs.offset[i] = (uint32_t)((uint8_t *)&vdevs.vdev[i] - (uint8_t *)&vdevs);
		vdevs.vdev[i].type = RESOURCE_VDEV;
	}
	assert_int_equal(read_copy(&t, &vdevs, sizeof(vdevs), &e), 0);
	drop(&t);
	vdevs.head[1]++;
	assert_int_equal(read_copy(&t, &vdevs, sizeof(vdevs), &e), E_TOO_MANY);
	drop(&t);

	large[0] = 1;
	assert_int_equal(read_copy(&t, large, RESOURCE_TABLE_MAX, &e), 0);
	drop(&t);
	assert_int_equal(read_copy(&t, large, RESOURCE_TABLE_MAX + 1, &e), E_TABLE_BROKEN);
	drop(&t);
}

/* What Linux steps over, we do: types to come, other vendors' entries, in our number even. */
static void test_opaque_entries(void **state)
{
	struct firmware f = good;
	struct error e;
	struct table t;

	(void)state;
	f.other.type = TYPE_FUTURE;
	f.link.magic = 0x12345678;
	f.link.version = 99;
	assert_int_equal(read_copy(&t, &f, sizeof(f), &e), 0);
	assert_int_equal(t.entry[1].size, sizeof(f.other));
	assert_int_equal(t.entry[4].size, sizeof(f.link));
	drop(&t);
	f.carveout2.type = RESOURCE_LINK;
	assert_int_equal(read_copy(&t, &f, sizeof(f), &e), 0);
	assert_int_equal(t.entry[6].size, sizeof(f.carveout2));
	drop(&t);
}

/* Whatever the bytes are: no read outside them (the sanitizer looks), entries inside and apart. */
static void test_survives_noise(void **state)
{
	struct error e;
	struct table t;

	(void)state;
	srand(1);
	for (unsigned round = 0; round < 20000; round++) {
		struct bytes b = bytes_copy(&good, sizeof(good));

		for (int n = rand() % 4; n >= 0; n--)
			*bytes_at(b, (size_t)rand() % sizeof(good)) =
				(uint8_t)(rand() % 2 ? rand() : rand() % 2 * 255);
		memset(&e, 0, sizeof(e));
		table_read(&t, bytes_at(b, 0), sizeof(good), "b", &e);
		for (unsigned i = 0; i < t.count; i++) {
			assert_true(t.entry[i].offset <= sizeof(good));
			assert_true(t.entry[i].size <= sizeof(good) - t.entry[i].offset);
			if (i)
				assert_true(t.entry[i - 1].offset + t.entry[i - 1].size <=
					    t.entry[i].offset);
		}
		bytes_free(b);
	}
}

static void test_vring_bytes(void **state)
{
	(void)state;
	assert_int_equal(vring_bytes(256, 4096), 10246);
	for (uint32_t num = 1; num <= 32768; num *= 2)
		for (uint32_t align = 4; align <= 65536; align *= 2)
			assert_int_equal(vring_bytes(num, align), vring_size(num, align));
	assert_int_equal(vring_bytes(0, 4096), 0);
	assert_int_equal(vring_bytes(3, 4096), 0);
	assert_int_equal(vring_bytes(256, 0), 0);
	assert_int_equal(vring_bytes(256, 4097), 0);
}

static struct firmware *open_table(struct table *t, const struct firmware *f)
{
	struct error e;

	assert_int_equal(read_copy(t, f, sizeof(*f), &e), 0);
	return (struct firmware *)t->data;
}

static int fill(struct firmware *f, unsigned vdev, const struct link_description *d,
		struct link_layout *layout)
{
	struct error e = { 0 };
	struct table t;
	struct firmware *filled = open_table(&t, f);
	int rc = d->method == LINK_HANDSHAKE ? table_offer_link(&t, vdev, d, layout, &e) :
					       table_fill_link(&t, vdev, d, layout, &e);

	assert_int_equal(rc, e.code);
	if (rc)
		assert_memory_equal(filled, f, sizeof(*f)); /* unchanged by an error */
	*f = *filled;
	drop(&t);
	return rc;
}

#define assert_range(r, b, s)                  \
	do {                                   \
		assert_int_equal((r).base, b); \
		assert_int_equal((r).size, s); \
	} while (0)

static void test_fills_any(void **state)
{
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	f.link.table[LINK_PEER] = 99;
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	assert_range(layout.vring[0], 0x5d040000, 0x3000);
	assert_range(layout.vring[1], 0x5d043000, 0x3000);
	assert_range(layout.buffers, 0x5d046000, 0x40000); /* 512 buffers of 512 bytes */
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(f.vdev.vring[i].da, layout.vring[i].base);
		assert_int_equal(f.vdev.vring[i].pa, layout.vring[i].base);
		assert_int_equal(f.vdev.vring[i].notifyid, i);
		assert_int_equal(f.vdev.vring[i].num, 256);
		assert_int_equal(f.link.role[i], plain.role[i]);
		assert_int_equal(f.link.session.epoch[i], 0);
		assert_int_equal(f.link.buffer_count[i], 256);
		assert_int_equal(f.link.table[i], plain.table[i]);
		assert_memory_equal(&f.link.doorbell[i], &plain.doorbell[i],
				    sizeof(plain.doorbell[i]));
		assert_string_equal(f.link.name[i], plain.name[i]);
	}
	assert_int_equal(f.vdev.head.status, 0);
	assert_int_equal(f.vdev.head.gfeatures, 0);
	assert_int_equal(f.vdev.head.dfeatures, 1);
	assert_int_equal(f.vdev.config, 0xc0ffee);
	assert_int_equal(f.link.buffer_base, 0x5d046000);
	assert_int_equal(f.link.buffer_size, 0x40000);
	assert_int_equal(f.link.buffer_len, 512);
	assert_memory_equal(&f.trace, &good.trace, sizeof(f.trace));
}

static void test_link_resource_of_another_vdev(void **state)
{
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	f.link.vdev = 1;
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	assert_int_equal(f.link.buffer_base, 0);
	assert_int_equal(f.link.session.epoch[0], 3);
}

static void test_goes_around_fixed(void **state)
{
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	f.vdev.vring[1].da = 0x5d041000; /* leaves no room for vring 0 before it */
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	assert_range(layout.vring[1], 0x5d041000, 0x3000);
	assert_range(layout.vring[0], 0x5d044000, 0x3000);
	assert_range(layout.buffers, 0x5d047000, 0x40000);
	assert_int_equal(f.vdev.vring[1].pa, 0x5d041000);

	f = good;
	f.vdev.vring[0].da = 0x40000000; /* elsewhere: for the planner to say */
	f.vdev.vring[1].da = 0xffffd000; /* up to the last byte */
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	assert_range(layout.vring[0], 0x40000000, 0x3000);
	assert_range(layout.vring[1], 0xffffd000, 0x3000);
	assert_range(layout.buffers, 0x5d040000, 0x40000);
}

static void test_refuses_fixed(void **state)
{
	static const struct {
		uint32_t da[2], align;
	} cases[] = {
		{ { 0x5d040800, RESOURCE_ANY }, 4096 }, { { RESOURCE_ANY, 0x5d041000 }, 0x2000 },
		{ { 0x5d040010, RESOURCE_ANY }, 16 },	{ { 0xffffe000, RESOURCE_ANY }, 4096 },
		{ { 0x5d040000, 0x5d040000 }, 4096 },	{ { 0x5d042000, 0x5d040000 }, 4096 },
		{ { 0x5d040000, 0x5d042000 }, 4096 },
	};
	struct link_layout layout;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct firmware f = good;

		for (unsigned k = 0; k < 2; k++) {
			f.vdev.vring[k].da = cases[i].da[k];
			f.vdev.vring[k].align = cases[i].align;
		}
		assert_int_equal(fill(&f, 0, &plain, &layout), E_TABLE_BROKEN);
	}
}

static void test_needs_the_vdev(void **state)
{
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	assert_int_equal(fill(&f, 1, &plain, &layout), E_TABLE_NO_VDEV);
	f.vdev.head.id = 3;
	assert_int_equal(fill(&f, 0, &plain, &layout), E_TABLE_NO_VDEV);
	f = good;
	f.vdev.head.num_of_vrings = 1;
	assert_int_equal(fill(&f, 0, &plain, &layout), E_TABLE_NO_VDEV);
}

static void test_room_to_the_byte(void **state)
{
	struct link_description d = plain;
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	d.memory.size = 0x46000;
	assert_int_equal(fill(&f, 0, &d, &layout), 0);
	for (uint64_t size = 0; size < 0x46000; size = size < 0x45fff ? 0x45fff : size + 1) {
		f = good;
		d.memory.size = size;
		assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_ROOM);
	}
	f = good;
	d.memory = (struct range){ 0x100000000, 0x80000 }; /* beyond a table's 32 bits */
	assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_ROOM);
	d.memory = (struct range){ 0xffffd000, 0x80000 };
	assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_ROOM);
	d.memory = (struct range){ 0xfffffffffffff000, 0x1000 };
	assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_ROOM);
}

/* Vring 0 is where the remote transmits; the counts belong to ends, not to rings. */
static void test_buffer_counts(void **state)
{
	static const struct {
		enum link_role owner, peer;
		uint32_t count[2], want[2];
		int rc;
	} cases[] = {
		{ LINK_REMOTE, LINK_MASTER, { 0, 0 }, { 64, 16 }, 0 },
		{ LINK_MASTER, LINK_REMOTE, { 0, 0 }, { 16, 64 }, 0 },
		{ LINK_SYMMETRIC, LINK_SYMMETRIC, { 0, 0 }, { 64, 16 }, 0 },
		{ LINK_REMOTE, LINK_MASTER, { 64, 0 }, { 64, 16 }, 0 },
		{ LINK_REMOTE, LINK_MASTER, { 3, 5 }, { 3, 5 }, 0 },
		{ LINK_REMOTE, LINK_MASTER, { 65, 0 }, { 0, 0 }, E_TABLE_NO_ROOM },
		{ LINK_REMOTE, LINK_MASTER, { 0, 17 }, { 0, 0 }, E_TABLE_NO_ROOM },
		{ LINK_MASTER, LINK_REMOTE, { 17, 0 }, { 0, 0 }, E_TABLE_NO_ROOM },
	};
	struct link_layout layout;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct link_description d = plain;
		struct firmware f = good;
		uint64_t bytes = 0, pool = 4096;

		f.vdev.vring[0].num = 64;
		f.vdev.vring[1].num = 16;
		d.role[0] = cases[i].owner;
		d.role[1] = cases[i].peer;
		memcpy(d.buffer_count, cases[i].count, sizeof(d.buffer_count));
		assert_int_equal(fill(&f, 0, &d, &layout), cases[i].rc);
		if (cases[i].rc)
			continue;
		for (unsigned k = 0; k < 2; k++) {
			assert_int_equal(f.link.buffer_count[k], cases[i].want[k]);
			bytes += cases[i].want[k] * 512;
		}
		while (pool < bytes)
			pool *= 2;
		assert_int_equal(layout.buffers.size, pool);
	}
}

/* The master fills in the rest, in its own time: what it finds then is what the ELF had. */
static void test_handshake_is_left_open(void **state)
{
	struct link_description d = plain;
	struct link_layout layout, preset;
	struct firmware f = good, filled = good;

	(void)state;
	assert_int_equal(fill(&filled, 0, &d, &preset), 0);
	d.method = LINK_HANDSHAKE;
	d.pristine = 0x5e044000;
	assert_int_equal(fill(&f, 0, &d, &layout), 0);
	assert_memory_equal(&layout, &preset, sizeof(layout));
	assert_memory_equal(&f.vdev, &good.vdev, sizeof(f.vdev));
	assert_int_equal(f.link.buffer_base, 0);
	assert_int_equal(f.link.buffer_size, 0);
	assert_int_equal(f.link.buffer_count[LINK_OWNER], 0);
	assert_int_equal(f.link.method, LINK_HANDSHAKE);
	assert_int_equal(f.link.memory_base, plain.memory.base);
	assert_int_equal(f.link.memory_size, plain.memory.size);
	assert_int_equal(f.link.pristine, 0x5e044000);
	assert_int_equal(f.link.session.epoch[0], 0);
	assert_string_equal(f.link.name[LINK_PEER], "linux");
}

static void test_may_take_a_link_resource(void **state)
{
	struct link_description d = plain;
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	d.by_resource = true;
	assert_int_equal(fill(&f, 0, &d, &layout), 0);
	f = good;
	f.link.vdev = 1;
	assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_LINK);
	d.method = LINK_HANDSHAKE;
	assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_LINK);
}

static void test_references_are_filled_in_their_order(void **state)
{
	const struct {
		struct resource_table head;
		uint32_t offset[3];
		struct link_resource link[3];
	} __attribute__((packed)) three = {
		.head = { .ver = 1, .num = 3 },
		.offset = { 28, 28 + sizeof(struct link_resource),
			    28 + 2 * sizeof(struct link_resource) },
		.link = { { RESOURCE_LINK, LINK_MAGIC, LINK_VERSION, sizeof(struct link_resource),
			    .vdev = LINK_NO_VDEV },
			  { RESOURCE_LINK, LINK_MAGIC, LINK_VERSION, sizeof(struct link_resource),
			    .vdev = 0 },
			  { RESOURCE_LINK, LINK_MAGIC, LINK_VERSION, sizeof(struct link_resource),
			    .vdev = LINK_NO_VDEV, .session = { { 1, 1 }, { 1, 1 }, { 1, 1 } } } },
	};
	struct link_layout layout = { .buffers = { 0x5d046000, 0x40000 },
				      .buffer_len = 512,
				      .buffer_count = { 7, 5 } };
	struct link_description d = plain;
	struct link_resource *l;
	struct error e = { 0 };
	struct table t;

	(void)state;
	assert_int_equal(read_copy(&t, &three, sizeof(three), &e), 0);
	l = (void *)(t.data + 28);
	d.role[LINK_OWNER] = LINK_MASTER;
	d.role[LINK_PEER] = LINK_REMOTE;
	d.method = LINK_HANDSHAKE;
	assert_true(table_fill_reference(&t, &d, &layout));
	assert_int_equal(l[0].vdev, LINK_NO_VDEV);
	assert_int_equal(l[0].table[LINK_OWNER], 0x5d000000);
	assert_int_equal(l[0].buffer_base, 0x5d046000);
	assert_int_equal(l[0].buffer_size, 0x40000);
	assert_int_equal(l[0].buffer_len, 512);
	assert_int_equal(l[0].buffer_count[LINK_OWNER], 5); /* a master transmits in vring 1 */
	assert_int_equal(l[0].buffer_count[LINK_PEER], 7);
	assert_int_equal(l[0].doorbell[LINK_OWNER].number, 8);
	assert_int_equal(l[2].table[LINK_OWNER], 0);
	d.table[LINK_OWNER] = 0x5d100000;
	assert_true(table_fill_reference(&t, &d, &layout));
	assert_int_equal(l[2].table[LINK_OWNER], 0x5d100000);
	assert_int_equal(l[2].session.epoch[0] | l[2].session.seen[1] | l[2].session.layout[0], 0);
	assert_false(table_fill_reference(&t, &d, &layout));
	assert_memory_equal(&l[1], &three.link[1], sizeof(l[1]));
	drop(&t);
}

static void test_long_names_are_cut(void **state)
{
	struct link_description d = plain;
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	d.name[1] = "a-context-with-thirty-one-bytes-and-more";
	assert_int_equal(fill(&f, 0, &d, &layout), 0);
	assert_int_equal(f.link.name[1][31], 0);
	assert_memory_equal(f.link.name[1], d.name[1], 31);
}

/* Any mix of places and sizes: all apart, in memory where we chose, aligned. */
static void test_layouts_hold(void **state)
{
	static const uint32_t fixed[] = { RESOURCE_ANY, RESOURCE_ANY, 0x5d040000,
					  0x5d048000,	0x5d060000,   0x5d0c0000 };
	unsigned done = 0;

	(void)state;
	srand(2);
	for (unsigned round = 0; round < 5000; round++) {
		struct link_description d = plain;
		struct firmware f = good;
		struct link_layout l;
		struct range all[3];

		for (unsigned i = 0; i < 2; i++) {
			f.vdev.vring[i].num = 1u << rand() % 10;
			f.vdev.vring[i].align = 16u << rand() % 11;
			f.vdev.vring[i].da = fixed[rand() % (int)COUNT(fixed)];
		}
		d.memory.base += (unsigned)rand() % 0x3000;
		d.memory.size = (unsigned)rand() % 0x80000;
		d.buffer_len = 24 + 8 * ((unsigned)rand() % 100);
		if (fill(&f, 0, &d, &l))
			continue;
		done++;
		all[0] = l.vring[0], all[1] = l.vring[1], all[2] = l.buffers;
		for (unsigned i = 0; i < 3; i++) {
			assert_int_equal(all[i].base % 4096, 0);
			assert_int_equal(all[i].size % 4096, 0);
			for (unsigned k = 0; k < i; k++)
				assert_false(range_overlaps(&all[i], &all[k]));
			if (i == 2) {
				assert_true(range_contains(&d.memory, &all[i]));
				assert_int_equal(all[i].size & (all[i].size - 1), 0);
				continue;
			}
			assert_int_equal(all[i].base % f.vdev.vring[i].align, 0);
			assert_true(all[i].size >=
				    vring_size(f.vdev.vring[i].num, f.vdev.vring[i].align));
		}
	}
	assert_true(done > 500);
}

struct seen {
	struct table_area area[8];
	unsigned count, stop_at;
};

static int see(void *arg, const struct table_area *area)
{
	struct seen *seen = arg;

	seen->area[seen->count++] = *area;
	return seen->count == seen->stop_at ? 42 : 0;
}

static int fill_areas(struct firmware *f, struct range memory, struct seen *seen)
{
	struct error e = { 0 };
	struct table t;
	struct firmware *filled = open_table(&t, f);
	int rc = table_fill_areas(&t, memory, "b", see, seen, &e);

	*f = *filled;
	drop(&t);
	return rc;
}

static void test_areas(void **state)
{
	const struct range memory = { 0x5d040000, 0x10000 };
	struct firmware f = good;
	struct seen seen = { 0 };

	(void)state;
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	assert_int_equal(seen.count, 4);
	assert_int_equal(seen.area[0].type, RESOURCE_CARVEOUT);
	assert_range(seen.area[0].range, 0x5d042000, 0x1800); /* around carveout2 */
	assert_int_equal(f.carveout.da, 0x5d042000);
	assert_int_equal(f.carveout.pa, 0x5d042000);
	assert_int_equal(seen.area[1].type, RESOURCE_TRACE);
	assert_range(seen.area[1].range, 0x5d004000, 0x4000);
	assert_int_equal(seen.area[2].type, RESOURCE_DEVMEM);
	assert_range(seen.area[2].range, 0x09000000, 0x1000); /* physical */
	assert_int_equal(f.devmem.da, 0x1000);
	assert_int_equal(seen.area[3].type, RESOURCE_CARVEOUT);
	assert_int_equal(seen.area[3].range.base, 0x5d041000);
	assert_int_equal(f.carveout2.pa, 0x5d041000);

	f = good;
	seen = (struct seen){ .stop_at = 2 };
	assert_int_equal(fill_areas(&f, memory, &seen), 42);
	assert_int_equal(seen.count, 2);
}

static void test_areas_refused(void **state)
{
	struct range memory = { 0x5d042000, 0x2000 };
	struct seen seen = { 0 };
	struct firmware f = good;

	(void)state;
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	f = good, memory.size--;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_NO_ROOM);
	memory.size = 0x10000;
	f = good, f.carveout.len = 0xffffffff;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_NO_ROOM);
	f = good, f.trace.da = RESOURCE_ANY;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_BROKEN);
	f = good, f.trace.da = RESOURCE_ANY, f.trace.len = 1;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_BROKEN);
	f = good, f.trace.da = 0xffffc001;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_BROKEN);
	f = good, f.carveout2.len = 0xffffffff;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_BROKEN);
}

/* Somebody's own entry at the table's end, shorter than an area: nothing behind it is read. */
static void test_areas_and_a_short_last_entry(void **state)
{
	const uint32_t words[] = { 1, 1, 0, 0, 20, VENDOR_OTHER };
	struct seen seen = { 0 };
	struct error e;
	struct table t;

	(void)state;
	assert_int_equal(read_copy(&t, words, sizeof(words), &e), 0);
	assert_int_equal(table_fill_areas(&t, plain.memory, "b", see, &seen, &e), 0);
	assert_int_equal(seen.count, 0);
	drop(&t);
}

/* Two ANY carve-outs must not get one place. */
static void test_areas_apart(void **state)
{
	struct seen seen = { 0 };
	struct firmware f = good;

	(void)state;
	f.carveout2.da = RESOURCE_ANY;
	assert_int_equal(fill_areas(&f, (struct range){ 0x5d040001, 0x10000 }, &seen), 0);
	assert_int_equal(f.carveout.da, 0x5d041000);
	assert_int_equal(f.carveout2.da, 0x5d043000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads_every_entry),
		cmocka_unit_test(test_no_entries),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_refuses_promises),
		cmocka_unit_test(test_refuses_last_entries),
		cmocka_unit_test(test_refuses_cut_off),
		cmocka_unit_test(test_refuses_too_many),
		cmocka_unit_test(test_opaque_entries),
		cmocka_unit_test(test_survives_noise),
		cmocka_unit_test(test_vring_bytes),
		cmocka_unit_test(test_fills_any),
		cmocka_unit_test(test_link_resource_of_another_vdev),
		cmocka_unit_test(test_goes_around_fixed),
		cmocka_unit_test(test_refuses_fixed),
		cmocka_unit_test(test_needs_the_vdev),
		cmocka_unit_test(test_room_to_the_byte),
		cmocka_unit_test(test_buffer_counts),
		cmocka_unit_test(test_handshake_is_left_open),
		cmocka_unit_test(test_may_take_a_link_resource),
		cmocka_unit_test(test_references_are_filled_in_their_order),
		cmocka_unit_test(test_long_names_are_cut),
		cmocka_unit_test(test_layouts_hold),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_areas_refused),
		cmocka_unit_test(test_areas_and_a_short_last_entry),
		cmocka_unit_test(test_areas_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
