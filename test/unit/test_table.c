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
	.doorbell = { { DOORBELL_SGI, { 8, 4 } }, { DOORBELL_SPI, { 100, 0 } } },
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
		{ VENDOR_OTHER, AT(other), TABLE_OPAQUE },
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
		struct table_entry entry = table_entry(&t, i);

		assert_int_equal(entry.type, want[i].type);
		assert_int_equal(entry.offset, want[i].offset);
		assert_int_equal(entry.size, want[i].size);
	}
	assert_ptr_equal(table_find(&t, RESOURCE_CARVEOUT, 1), t.data + AT(carveout2));
	assert_ptr_equal(table_find_link(&t, 0, 0), t.data + AT(link));
	assert_null(table_find_link(&t, 0, 1));
	assert_null(table_find_link(&t, 1, 0));
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
		WORD(offset[0], 15),		   /* inside the head */
		WORD(offset[0], AT(carveout) - 1), /* inside the offsets */
		WORD(offset[0], AT(other) - 4),	   /* over the next one */
		WORD(offset[1], AT(carveout)),
		WORD(offset[1], AT(vdev) + 27), /* opaque, in what will be filled in */
		WORD(offset[3], AT(vdev)),
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
		BYTE(vdev.head.num_of_vrings, 3), /* over the trace */
		BYTE(vdev.head.num_of_vrings, 255),
		WORD(vdev.head.config_len, 5), /* reaches into the trace */
		WORD(vdev.head.config_len, 0x10000),
		WORD(vdev.head.config_len, 0xffffffff),
		BYTE(link.version, LINK_VERSION + 1),
		BYTE(link.length, sizeof(good.link) - 1),
		BYTE(link.length, sizeof(good.link) + 1), /* reaches into the next: devmem */
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
		assert_int_equal(read_copy(&t, &rings, sizeof(rings), &e), 0);
		drop(&t);
		assert_int_equal(read_copy(&t, &rings, sizeof(rings) - (3 - i) * 20 - 1, &e),
				 E_TABLE_BROKEN);
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

/* As many entries as there is room for, and bytes behind what we look at. */
static void test_no_limit_but_size(void **state)
{
	struct {
		uint32_t head[4], offset[300], entry[80];
	} many = { .head = { 1, 300 } };
	struct {
		uint32_t head[4], offset[40];
		struct resource_vdev vdev[40];
	} vdevs = { .head = { 1, 40 } };
	static uint8_t large[2 * RESOURCE_TABLE_MAX];
	struct resource_table *head = (void *)large;
	struct error e;
	struct table t;

	(void)state;
	for (unsigned i = 0; i < COUNT(many.offset); i++)
		many.offset[i] = (uint32_t)offsetof(__typeof__(many), entry[i % 80]);
	for (unsigned i = 0; i < COUNT(many.entry); i++)
		many.entry[i] = VENDOR_OTHER;
	assert_int_equal(read_copy(&t, &many, sizeof(many), &e), 0);
	assert_int_equal(t.count, 300);
	drop(&t);

	for (unsigned i = 0; i < COUNT(vdevs.vdev); i++) {
		vdevs.offset[i] = (uint32_t)offsetof(__typeof__(vdevs), vdev[i]);
		vdevs.vdev[i].type = RESOURCE_VDEV;
	}
	assert_int_equal(read_copy(&t, &vdevs, sizeof(vdevs), &e), 0);
	assert_ptr_equal(table_find(&t, RESOURCE_VDEV, 39), t.data + vdevs.offset[39]);
	drop(&t);

	head->ver = 1;
	head->num = 1;
	head->offset[0] = RESOURCE_TABLE_MAX - 4;
	*(uint32_t *)(void *)&large[RESOURCE_TABLE_MAX - 4] = VENDOR_OTHER;
	assert_int_equal(read_copy(&t, large, sizeof(large), &e), 0);
	assert_int_equal(t.size, RESOURCE_TABLE_MAX);
	drop(&t);
	head->offset[0]++;
	assert_int_equal(read_copy(&t, large, sizeof(large), &e), E_TABLE_BROKEN);
	assert_non_null(strstr(e.text, "entry 0 at 0x7fd: "));
	assert_non_null(strstr(e.text, "0x800"));
	drop(&t);
}

/* The order of entries is no rule, and neither is where they lie. */
static void test_any_order(void **state)
{
	struct {
		uint32_t head[4], offset[4];
		uint8_t odd;
		struct resource_trace trace;
		struct resource_vdev vdev;
		struct resource_vring vring[2];
		struct link_resource link;
	} __attribute__((packed)) f = {
		.head = { 1, 4 },
		.trace = good.trace,
		.vdev = good.vdev.head,
		.vring = { good.vdev.vring[0], good.vdev.vring[1] },
		.link = good.link,
	};
	uint8_t bytes[sizeof(f) + 3] = { 0 };
	struct link_layout layout;
	struct link_part part[LINK_PLACES];
	struct error e;
	struct table t;

	(void)state;
	f.vdev.config_len = 0;
	f.offset[0] = (uint32_t)offsetof(__typeof__(f), link) + 3; /* a multiple of 4 */
	f.offset[1] = (uint32_t)offsetof(__typeof__(f), vdev);
	f.offset[2] = f.offset[3] = (uint32_t)offsetof(__typeof__(f), trace);
	memcpy(bytes, &f, offsetof(__typeof__(f), link));
	memcpy(bytes + f.offset[0], &f.link, sizeof(f.link));
	assert_int_equal(f.offset[0] % 4, 0);
	assert_int_equal(read_copy(&t, bytes, sizeof(bytes), &e), 0);
	assert_int_equal(table_fill_link(&t, 0, &plain, &layout, part, &e), 0);
	assert_int_equal(table_find_link(&t, 0, 0)->buffer_base, layout.buffers.base);
	drop(&t);

	/* But the words of a link resource are used in place. */
	memmove(bytes + f.offset[0] - 1, bytes + f.offset[0], sizeof(f.link));
	((struct resource_table *)(void *)bytes)->offset[0]--;
	assert_int_equal(read_copy(&t, bytes, sizeof(bytes), &e), E_TABLE_BROKEN);
	assert_non_null(strstr(e.text, "entry 0 "));
	drop(&t);
}

/* The sentence has the entry, its offset, and what is wrong with it. */
static void test_says_what_is_wrong(void **state)
{
#define SAYS(member, v, ...)        \
	{                           \
		AT(member), v,      \
		{                   \
			__VA_ARGS__ \
		}                   \
	}
	static const struct {
		uint32_t at, value;
		const char *words[3];
	} cases[] = {
		SAYS(ver, 2, "version 2"),
		SAYS(reserved[1], 0x99, "reserved 0x0 0x99"),
		SAYS(num, 1000, "num 1000"),
		SAYS(offset[6], sizeof(good), "entry 6 ", "not within 0x22c"),
		SAYS(offset[6], AT(carveout2) + 8, "entry 6 ", "not within 0x22c"),
		SAYS(offset[3], AT(vdev) + 28, "entry 3 ", "overlaps", "at 0x74"),
		SAYS(offset[5], 44, "entry 5 ", "overlaps", "at 0x2c"),
		SAYS(trace.reserved, 7, "entry 3 ", "reserved", "0x7"),
		SAYS(link.version, 9 | sizeof(good.link) << 16, "entry 4 ", "version 0x9"),
	};
	struct error e;
	struct table t;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct bytes b = bytes_copy(&good, sizeof(good));

		memcpy(bytes_at(b, cases[i].at), &cases[i].value, 4);
		memset(&e, 0, sizeof(e));
		assert_int_equal(table_read(&t, bytes_at(b, 0), sizeof(good), "b", &e),
				 E_TABLE_BROKEN);
		for (unsigned k = 0; k < COUNT(cases[i].words) && cases[i].words[k]; k++)
			if (!strstr(e.text, cases[i].words[k]))
				fail_msg("case %u: '%s' has no '%s'", i, e.text, cases[i].words[k]);
		bytes_free(b);
	}
}

/* What Linux steps over, we do: types to come, other vendors' entries, in our number even. */
static void test_opaque_entries(void **state)
{
	struct firmware f = good;
	struct error e;
	struct table t;

	(void)state;
	static const uint32_t types[] = { 4, TYPE_FUTURE, 127, 128, 336, 512, 513, 0xffffffff };

	f.link.magic = 0x12345678;
	f.link.version = 99;
	for (unsigned i = 0; i < COUNT(types); i++) {
		f.other.type = types[i];
		assert_int_equal(read_copy(&t, &f, sizeof(f), &e), 0);
		assert_int_equal(table_entry(&t, 1).size, TABLE_OPAQUE);
		assert_int_equal(table_entry(&t, 4).size, TABLE_OPAQUE);
		assert_null(table_find(&t, RESOURCE_LINK, 0));
		drop(&t);
	}
	f.carveout2.type = RESOURCE_LINK;
	assert_int_equal(read_copy(&t, &f, sizeof(f), &e), 0);
	assert_int_equal(table_entry(&t, 6).size, TABLE_OPAQUE);
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
			const struct table_entry entry = table_entry(&t, i);

			assert_true(entry.offset <= sizeof(good));
			assert_true(entry.size <= sizeof(good) - entry.offset);
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

static struct error said; /* by the last fill() */
static struct link_part parts[LINK_PLACES];
static bool zero_is_any;

static int fill(struct firmware *f, unsigned vdev, const struct link_description *d,
		struct link_layout *layout)
{
	struct link_part part[LINK_PLACES];
	struct table t;
	struct firmware *filled = open_table(&t, f);
	int rc;

	memset(&said, 0, sizeof(said));
	t.zero_is_any = zero_is_any;
	error_about(&said, "", "linux-b");
	rc = d->method == LINK_HANDSHAKE ? table_offer_link(&t, vdev, d, layout, part, &said) :
					   table_fill_link(&t, vdev, d, layout, part, &said);
	memcpy(parts, part, sizeof(parts));
	assert_int_equal(rc, said.code);
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

#define assert_part(p, b, s) assert_range(p, b, s)

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

static void says(const char *words)
{
	if (!strstr(said.text, words))
		fail_msg("'%s' has no '%s'", said.text, words);
}

static void test_refuses_fixed(void **state)
{
	static const struct {
		uint32_t da[2], align;
		const char *words[2];
	} cases[] = {
		{ { 0x5d040800, RESOURCE_ANY }, 4096, { "vring0 at 0x5d040800", "0x1000" } },
		{ { RESOURCE_ANY, 0x5d041000 }, 0x2000, { "vring1 at 0x5d041000", "0x2000" } },
		{ { 0x5d040004, RESOURCE_ANY }, 2, { "vring0 at 0x5d040004", "0x8" } },
		{ { 0xffffe000, RESOURCE_ANY }, 4096, { "vring0 at 0xffffe000", "past" } },
		{ { 0x5d040000, 0x5d040000 }, 4096, { "vring1 at 0x5d040000", "vring0" } },
		{ { 0x5d042000, 0x5d040000 }, 4096, { "vring1", "vring0 0x5d042000" } },
		{ { 0x5d040000, 0x5d042000 }, 4096, { "vring1", "vring0 0x5d040000" } },
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
		says("linux-b: ");
		says(cases[i].words[0]);
		says(cases[i].words[1]);
	}
}

/* What stands within a page takes its bytes; whether the ends can do that is for the planner to say. */
static void test_fixed_within_a_page(void **state)
{
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	f.vdev.vring[0] = (struct resource_vring){ 0x5d040000, 16, 16, 0, 0 };
	f.vdev.vring[1] = (struct resource_vring){ 0x5d0401c0, 16, 16, 0, 0 };
	assert_int_equal(vring_bytes(16, 16), 438); /* 0x1b6 */
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	assert_range(layout.vring[0], 0x5d040000, 438);
	assert_range(layout.vring[1], 0x5d0401c0, 438);
	assert_range(layout.buffers, 0x5d041000, 0x4000);
	assert_false(link_layout_in_pages(&layout));

	f = good;
	f.vdev.vring[0] = (struct resource_vring){ 0x5d040ff8, 8, 8, 0, 0 };
	f.vdev.vring[1] = (struct resource_vring){ RESOURCE_ANY, 8, 8, 0, 0 };
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	assert_range(layout.vring[1], 0x5d042000, vring_bytes(8, 8));
	assert_false(link_layout_in_pages(&layout));

	f = good;
	f.vdev.vring[0].da = 0x5d040000;
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	assert_true(link_layout_in_pages(&layout));
}

/* A board without RAM at 0: the address that remoteproc itself leaves behind means none. */
static void test_zero_may_be_any(void **state)
{
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	f.vdev.vring[0].da = f.vdev.vring[1].da = 0;
	f.vdev.vring[1].num = f.vdev.vring[0].num = 4;
	zero_is_any = true;
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	zero_is_any = false;
	assert_range(layout.vring[0], 0x5d040000, 0x2000);
	assert_range(layout.vring[1], 0x5d042000, 0x2000);
	f.vdev.vring[0].da = 0;
	f.vdev.vring[1].da = RESOURCE_ANY;
	assert_int_equal(fill(&f, 0, &plain, &layout), 0);
	assert_int_equal(layout.vring[0].base, 0);
}

static const char *const places[] = { "vdev0vring0", "vdev0vring1", "vdev0buffer" };

/* A firmware whose two carve-outs are named as @a and @b. */
static struct firmware named(const char *a, const char *b)
{
	struct firmware f = good;

	memset(f.carveout.name, 0, sizeof(f.carveout.name));
	memset(f.carveout2.name, 0, sizeof(f.carveout2.name));
	memcpy(f.carveout.name, a, strlen(a));
	memcpy(f.carveout2.name, b, strlen(b));
	return f;
}

/* rproc_find_carveout_by_name(): before its vdev or behind it, it is the place. */
static void test_carveouts_are_places_by_name(void **state)
{
	struct link_description d = plain;
	struct link_layout layout;
	struct firmware f;

	(void)state;
	d.memory.size = 0x200000;
	for (unsigned behind = 0; behind < 2; behind++)
		for (unsigned k = 0; k < LINK_PLACES; k++)
			for (unsigned fixed = 0; fixed < 2; fixed++) {
				const char *name = places[k];
				struct resource_carveout *c;
				phys_addr_t base;

				f = named(behind ? "heap" : name, behind ? name : "stack");
				c = behind ? &f.carveout2 : &f.carveout;
				c->da = fixed ? 0x5d0a0000 : RESOURCE_ANY;
				c->len = 0x50000;
				if (fixed && k < LINK_BUFFERS) /* it is the start that counts */
					f.vdev.vring[k].da = 0x5d0a2000;
				f.link.vdev = 0;
				assert_int_equal(fill(&f, 0, &d, &layout), 0);
				base = k == LINK_BUFFERS ? layout.buffers.base :
							   layout.vring[k].base;
				assert_int_equal(c->da, base);
				assert_int_equal(c->pa, base);
				assert_int_equal(c->len, 0x50000);
				if (fixed)
					assert_int_equal(base, 0x5d0a0000);
				if (k < LINK_BUFFERS)
					assert_int_equal(f.vdev.vring[k].da, base);
				else
					assert_int_equal(f.link.buffer_base, base);
				assert_int_equal(parts[k].base, base);
				assert_int_equal(parts[k].size, 0x50000);
			}
	/* The vring has an address, its carve-out has none. */
	f = named(places[1], "stack");
	f.carveout.len = 0x3000;
	f.vdev.vring[1].da = 0x5d050000;
	assert_int_equal(fill(&f, 0, &d, &layout), 0);
	assert_int_equal(f.carveout.da, 0x5d050000);
	assert_int_equal(f.carveout.pa, 0x5d050000);
}

static void test_carveouts_of_other_names_are_none(void **state)
{
	static const char *const others[] = { "vdev1vring0",  "vdev0vring2",  "vdev0vring",
					      "vdev0vring00", "vdev00vring0", "Vdev0vring0",
					      "vdev0buffers" };
	struct link_layout layout;

	(void)state;
	for (unsigned i = 0; i < COUNT(others); i++) {
		struct firmware f = named(others[i], "x");

		assert_int_equal(fill(&f, 0, &plain, &layout), 0);
		assert_int_equal(f.carveout.da, RESOURCE_ANY);
		assert_int_equal(layout.vring[0].base, 0x5d040000);
	}
}

static void test_carveouts_too_small(void **state)
{
	static const struct {
		unsigned place;
		uint32_t len, da, vring;
		int code;
	} cases[] = {
		{ 0, 0x2806, RESOURCE_ANY, RESOURCE_ANY, 0 },
		{ 0, 0x2805, RESOURCE_ANY, RESOURCE_ANY, E_TABLE_NO_ROOM },
		{ 1, 0, RESOURCE_ANY, RESOURCE_ANY, E_TABLE_NO_ROOM },
		{ 1, 0x2805, 0x5d0a0000, 0x5d0a0000, E_TABLE_NO_ROOM },
		{ 2, 0x40000, 0x5d060000, 0, 0 },
		{ 2, 0x3ffff, 0x5d060000, 0, E_TABLE_NO_ROOM },
		{ 0, 0x3000, 0x5d0a0000, 0x5d0a1000, E_TABLE_BROKEN },
		{ 0, 0x3000, 0x5d0a1000, 0x5d0a0000, E_TABLE_BROKEN },
		{ 1, 0xa2f60001, 0x5d0a0000, RESOURCE_ANY, E_TABLE_BROKEN }, /* past 4 GiB */
		{ 1, 0xa2f60000, 0x5d0a0000, RESOURCE_ANY, 0 },
	};
	struct link_layout layout;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct firmware f = named(places[cases[i].place], "x");
		int rc;

		f.carveout.da = cases[i].da;
		f.carveout.len = cases[i].len;
		if (cases[i].place < LINK_BUFFERS)
			f.vdev.vring[cases[i].place].da = cases[i].vring;
		rc = fill(&f, 0, &plain, &layout);
		if (rc != cases[i].code)
			fail_msg("case %u: %d, %s", i, rc, said.text);
		if (rc == E_TABLE_NO_ROOM)
			says(places[cases[i].place]);
	}
}

/* What stock virtio_rpmsg_bus does: 512 bytes, as many as a ring has but at most 256, both alike. */
static void test_stock_master(void **state)
{
	static const struct {
		uint32_t num[2], count[2], len, want, pool;
	} cases[] = {
		{ { 256, 256 }, { 0, 0 }, 512, 256, 0x40000 },
		{ { 256, 256 }, { 8, 8 }, 512, 256, 0x40000 },
		{ { 512, 512 }, { 0, 0 }, 512, 256, 0x40000 },
		{ { 512, 512 }, { 512, 0 }, 512, 0, 0 },
		{ { 16, 16 }, { 0, 16 }, 512, 16, 0x4000 },
		{ { 1, 1 }, { 0, 0 }, 512, 1, 0x1000 },
		{ { 16, 8 }, { 0, 0 }, 512, 0, 0 },
		{ { 8, 16 }, { 8, 8 }, 512, 0, 0 },
		{ { 256, 256 }, { 0, 0 }, 1024, 0, 0 },
		{ { 256, 256 }, { 0, 0 }, 256, 0, 0 },
	};
	struct link_description d = plain;
	struct link_layout layout;

	(void)state;
	d.stock = true;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct firmware f = good;
		int rc;

		for (unsigned k = 0; k < 2; k++) {
			f.vdev.vring[k].num = cases[i].num[k];
			d.buffer_count[k] = cases[i].count[k];
		}
		d.buffer_len = cases[i].len;
		rc = fill(&f, 0, &d, &layout);
		if (rc != (cases[i].want ? 0 : E_LINK_LIMITS))
			fail_msg("case %u: %d, %s", i, rc, said.text);
		if (rc) {
			says("linux-b: ");
			says("512");
			continue;
		}
		assert_int_equal(layout.buffers.size, cases[i].pool);
		for (unsigned k = 0; k < 2; k++) {
			assert_int_equal(layout.buffer_count[k], cases[i].want);
			assert_int_equal(f.link.buffer_count[k], cases[i].want);
		}
	}
}

/* Which part, how many bytes it and all would take, and how many there are. */
static void test_says_what_has_no_room(void **state)
{
	struct link_description d = plain;
	struct link_layout layout;
	struct firmware f = good;

	(void)state;
	d.memory.size = 0x5000;
	assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_ROOM);
	says("linux-b: no room for vring1, 0x2806 bytes");
	says("0x46000");
	says("0x5d040000 has 0x5000");
	d.memory.size = 0x40000;
	assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_ROOM);
	says("no room for buffer, 0x40000 bytes");
	d.buffer_count[1] = 257;
	assert_int_equal(fill(&f, 0, &d, &layout), E_TABLE_NO_ROOM);
	says("vring1");
	says("257 buffers");
	says("256");
}

/* remoteproc numbers vrings, whatever the vdevs before have. */
static void test_notifyids_count_vrings(void **state)
{
	struct {
		uint32_t head[4], offset[3];
		struct resource_vdev first;
		struct resource_vring one[1];
		struct resource_vdev second;
		struct resource_vdev third;
		struct resource_vring two[2];
	} __attribute__((packed)) f = {
		.head = { 1, 3 },
		.first = { .type = RESOURCE_VDEV, .num_of_vrings = 1 },
		.second = { .type = RESOURCE_VDEV },
		.third = { .type = RESOURCE_VDEV, .id = 7, .num_of_vrings = 2 },
		.two = { good.vdev.vring[0], good.vdev.vring[1] },
	};
	struct link_part part[LINK_PLACES];
	struct link_layout layout;
	struct error e;
	struct table t;

	(void)state;
	f.offset[0] = (uint32_t)offsetof(__typeof__(f), first);
	f.offset[1] = (uint32_t)offsetof(__typeof__(f), second);
	f.offset[2] = (uint32_t)offsetof(__typeof__(f), third);
	assert_int_equal(read_copy(&t, &f, sizeof(f), &e), 0);
	assert_int_equal(table_fill_link(&t, 2, &plain, &layout, part, &e), 0);
	memcpy(&f, t.data, sizeof(f));
	assert_int_equal(f.two[0].notifyid, 1);
	assert_int_equal(f.two[1].notifyid, 2);
	drop(&t);
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
	says("vdev 0");
	says("virtio id 3");
	for (unsigned n = 0; n < 2; n++) {
		f.vdev.head.num_of_vrings = (uint8_t)n;
		f.vdev.head.config_len = (2 - n) * 20 + 4;
		f.vdev.head.id = 7;
		assert_int_equal(fill(&f, 0, &plain, &layout), E_TABLE_NO_VDEV);
		says("linux-b: vdev 0 of b");
		says(n ? "with 1" : "with 0");
	}
}

/* Of a vdev that a link uses; of others nobody asks. */
static void test_vrings_make_sense(void **state)
{
	static const struct {
		uint32_t num, align;
	} cases[] = { { 0, 4096 }, { 255, 4096 }, { 65536, 4096 },    { 0x80000000, 4096 },
		      { 256, 0 },  { 256, 3 },	  { 256, 0x80000000 } };
	struct link_layout layout;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct firmware f = good;

		f.vdev.vring[1].num = cases[i].num;
		f.vdev.vring[1].align = cases[i].align;
		assert_int_equal(fill(&f, 0, &plain, &layout), E_TABLE_BROKEN);
		says("linux-b: vring1");
	}
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
	struct link_layout layout = { 0 }, preset = { 0 }; /* with what is between members */
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
	assert_int_equal(l[0].doorbell[LINK_OWNER].cell[0], 8);
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

static uint32_t linked;

static int fill_areas(struct firmware *f, struct range memory, struct seen *seen)
{
	struct table t;
	struct firmware *filled = open_table(&t, f);
	int rc;

	memset(&said, 0, sizeof(said));
	rc = table_fill_areas(&t, memory, linked, "b", see, seen, &said);

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
	f.devmem.pa = RESOURCE_ANY; /* a device is not ours */
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	assert_int_equal(seen.count, 3);
	assert_int_equal(seen.area[0].type, RESOURCE_CARVEOUT);
	assert_part(seen.area[0].part, 0x5d042000, 0x1800); /* around carveout2 */
	assert_memory_equal(seen.area[0].name, "heap", 5);
	assert_int_equal(f.carveout.da, 0x5d042000);
	assert_int_equal(f.carveout.pa, 0x5d042000);
	assert_int_equal(seen.area[1].type, RESOURCE_TRACE);
	assert_part(seen.area[1].part, 0x5d004000, 0x4000);
	assert_int_equal(seen.area[2].type, RESOURCE_CARVEOUT);
	assert_int_equal(seen.area[2].part.base, 0x5d041000);
	assert_int_equal(f.carveout2.pa, 0x5d041000);
	assert_memory_equal(&f.devmem.da, &good.devmem.da, 4);

	f = good;
	f.trace.da = RESOURCE_ANY; /* nobody chooses: the planner leaves it out */
	seen = (struct seen){ .stop_at = 2 };
	assert_int_equal(fill_areas(&f, memory, &seen), 42);
	assert_int_equal(seen.count, 2);
	assert_int_equal(seen.area[1].part.base, RESOURCE_ANY);
	assert_int_equal(f.trace.da, RESOURCE_ANY);
}

/* Those of a vdev that a link uses are the link's. */
static void test_areas_of_links(void **state)
{
	const struct range memory = { 0x5d040000, 0x10000 };
	struct firmware f = named("vdev0vring0", "b");
	struct seen seen = { 0 };

	(void)state;
	f.carveout2.da = RESOURCE_ANY;
	linked = 1;
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	assert_int_equal(seen.count, 2);
	assert_int_equal(f.carveout.da, RESOURCE_ANY);
	assert_int_equal(f.carveout2.da, 0x5d040000);

	linked = 2; /* another vdev: nobody's */
	f = named("vdev0vring0", "b");
	seen.count = 0;
	assert_int_equal(fill_areas(&f, memory, &seen), 0);
	assert_int_equal(seen.count, 3);
	assert_int_equal(f.carveout.da, 0x5d042000);
	linked = 0;
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
	says("entry 0");
	says("heap");
	memory.size = 0x10000;
	f = good, f.carveout.len = 0xffffffff;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_NO_ROOM);
	f = good, f.carveout.da = 0x5d050000, f.carveout2.len = 0xffffffff;
	assert_int_equal(fill_areas(&f, memory, &seen), E_TABLE_BROKEN);
	says("entry 6");
	says("a name of thirty-two characters.,"); /* and no more */
	says("0x5d041000, ends past");
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
	assert_int_equal(table_fill_areas(&t, plain.memory, 0, "b", see, &seen, &e), 0);
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
		cmocka_unit_test(test_no_limit_but_size),
		cmocka_unit_test(test_any_order),
		cmocka_unit_test(test_says_what_is_wrong),
		cmocka_unit_test(test_opaque_entries),
		cmocka_unit_test(test_survives_noise),
		cmocka_unit_test(test_vring_bytes),
		cmocka_unit_test(test_fills_any),
		cmocka_unit_test(test_link_resource_of_another_vdev),
		cmocka_unit_test(test_goes_around_fixed),
		cmocka_unit_test(test_refuses_fixed),
		cmocka_unit_test(test_fixed_within_a_page),
		cmocka_unit_test(test_zero_may_be_any),
		cmocka_unit_test(test_carveouts_are_places_by_name),
		cmocka_unit_test(test_carveouts_of_other_names_are_none),
		cmocka_unit_test(test_carveouts_too_small),
		cmocka_unit_test(test_stock_master),
		cmocka_unit_test(test_says_what_has_no_room),
		cmocka_unit_test(test_notifyids_count_vrings),
		cmocka_unit_test(test_needs_the_vdev),
		cmocka_unit_test(test_vrings_make_sense),
		cmocka_unit_test(test_room_to_the_byte),
		cmocka_unit_test(test_buffer_counts),
		cmocka_unit_test(test_handshake_is_left_open),
		cmocka_unit_test(test_may_take_a_link_resource),
		cmocka_unit_test(test_references_are_filled_in_their_order),
		cmocka_unit_test(test_long_names_are_cut),
		cmocka_unit_test(test_layouts_hold),
		cmocka_unit_test(test_areas),
		cmocka_unit_test(test_areas_of_links),
		cmocka_unit_test(test_areas_refused),
		cmocka_unit_test(test_areas_and_a_short_last_entry),
		cmocka_unit_test(test_areas_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
