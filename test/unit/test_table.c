/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reader takes, and what it refuses. */
#include <linux/virtio_ring.h>

#include "test/unit/table_scene.h"

#define TYPE_FUTURE 77

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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
