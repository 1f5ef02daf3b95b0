/* SPDX-License-Identifier: BSD-2-Clause */
/* What two ends of a link agree on, however they came to know it. */
#include <zlib.h>

#include "resource_table/link_layout.h"
#include "resource_table/vring.h"
#include "test/unit/unit.h"

#define BASE 0x5d040000u

static struct error none; /* stays so */
static struct link_part part[LINK_PLACES];

static const struct link_static usual = {
	.memory = { BASE, 0x80000 },
	.num = 256,
	.align = 4096,
	.buffer_len = 512,
};

static void transmit_vrings(void **state)
{
	(void)state;
	for (enum link_end end = LINK_OWNER; end <= LINK_PEER; end++) {
		assert_int_equal(link_transmit_vring(LINK_REMOTE, end), 0);
		assert_int_equal(link_transmit_vring(LINK_MASTER, end), 1);
	}
	assert_int_equal(link_transmit_vring(LINK_SYMMETRIC, LINK_OWNER), 0);
	assert_int_equal(link_transmit_vring(LINK_SYMMETRIC, LINK_PEER), 1);
}

static void static_layout_has_its_order(void **state)
{
	struct link_layout l;

	(void)state;
	assert_int_equal(link_layout_static(&l, part, &usual, false, &none), 0);
	assert_int_equal(l.vring[0].base, BASE + 0x1000);
	assert_int_equal(l.vring[0].size, 0x3000);
	assert_int_equal(l.vring[1].base, BASE + 0x4000);
	assert_int_equal(l.buffers.base, BASE + 0x7000);
	assert_int_equal(l.buffers.size, 0x40000);
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(l.num[i], 256);
		assert_int_equal(l.align[i], 4096);
		assert_int_equal(l.buffer_count[i], 256);
	}
}

static void static_layout_fits_or_is_none(void **state)
{
	static const struct link_static wrong[] = {
		{ { BASE, 0x46fff }, 256, 4096, 512, { 0, 0 } },
		{ { BASE, 0x80000 }, 0, 4096, 512, { 0, 0 } },
		{ { BASE, 0x80000 }, 100, 4096, 512, { 0, 0 } },
		{ { BASE, 0x80000 }, 256, 100, 512, { 0, 0 } },
		{ { BASE, 0x80000 }, 256, 4096, 16, { 0, 0 } },
		{ { BASE, 0x80000 }, 256, 4096, 510, { 0, 0 } },
		{ { BASE, 0x80000 }, 256, 4096, 512, { 257, 0 } },
		{ { BASE, 0x80000 }, 256, 4096, 512, { 0, 257 } },
		{ { BASE, 0xfff }, 4, 16, 32, { 0, 0 } },
		{ { UINT64_MAX - 0x7ffff, 0x80000 }, 256, 4096, 512, { 0, 0 } },
		{ { BASE, 0x80000 }, 256, 4096, UINT32_MAX - 3, { 0, 0 } },
	};
	struct link_static exact = usual;
	struct link_layout l;

	(void)state;
	exact.memory.size = 0x47000;
	assert_int_equal(link_layout_static(&l, part, &exact, false, &none), 0);
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (!link_layout_static(&l, part, &wrong[i], false, &(struct error){ 0 }))
			fail_msg("row %zu was taken", i);
}

/* A pool of which 32 bits do not hold the pages has no room, however much memory there is. */
static void pool_of_4_gib_has_no_room(void **state)
{
	static const struct range memory = { 0, 1ull << 33 };
	struct link_layout l = { .num = { 256, 256 },
				 .align = { 4096, 4096 },
				 .buffer_len = 1u << 30 };
	struct error e = { 0 };

	(void)state;
	assert_int_equal(link_layout_measure(&l, part, &none), 0);
	assert_int_equal(link_layout_place(&l, part, &memory, &e), E_TABLE_NO_ROOM);
	assert_non_null(strstr(e.text, "buffer"));
}

struct table {
	struct resource_vdev vdev;
	struct resource_vring vring[2];
	struct link_resource link;
};

static struct table filled(enum link_role owner)
{
	struct table t = { 0 };

	t.vdev.num_of_vrings = 2;
	for (unsigned i = 0; i < 2; i++)
		t.vring[i] = (struct resource_vring){ .da = BASE + 0x4000 * i,
						      .align = 4096,
						      .num = i ? 128 : 256 };
	t.link.role[LINK_OWNER] = owner;
	t.link.role[LINK_PEER] = owner == LINK_SYMMETRIC ? LINK_SYMMETRIC : LINK_MASTER - owner;
	t.link.buffer_base = BASE + 0x10000;
	t.link.buffer_size = 0x40000;
	t.link.buffer_len = 512;
	t.link.buffer_count[link_transmit_vring(owner, LINK_OWNER)] = 100;
	t.link.buffer_count[!link_transmit_vring(owner, LINK_OWNER)] = 50;
	return t;
}

static void table_is_read_by_vring(void **state)
{
	static const enum link_role roles[] = { LINK_REMOTE, LINK_MASTER, LINK_SYMMETRIC };

	(void)state;
	for (size_t i = 0; i < COUNT(roles); i++) {
		struct table t = filled(roles[i]);
		unsigned owner = link_transmit_vring(roles[i], LINK_OWNER);
		struct link_layout l;

		assert_true(link_layout_read(&l, &t.vdev, &t.link));
		assert_int_equal(l.vring[1].base, BASE + 0x4000);
		assert_int_equal(l.num[0], 256);
		assert_int_equal(l.num[1], 128);
		assert_int_equal(l.buffer_count[owner], t.link.buffer_count[LINK_OWNER]);
		assert_int_equal(l.buffer_count[!owner], t.link.buffer_count[LINK_PEER]);
	}
}

#define REFUSED(change)                                              \
	do {                                                         \
		struct table t = filled(LINK_REMOTE);                \
		struct link_layout l;                                \
		assert_true(link_layout_read(&l, &t.vdev, &t.link)); \
		t.change;                                            \
		if (link_layout_read(&l, &t.vdev, &t.link))          \
			fail_msg("taken with %s", #change);          \
	} while (0)

static void table_that_is_not_filled_in_is_none(void **state)
{
	(void)state;
	REFUSED(vdev.num_of_vrings = 1);
	REFUSED(vring[0].da = RESOURCE_ANY);
	REFUSED(vring[1].num = 100);
	REFUSED(vring[1].align = 0);
	REFUSED(link.role[LINK_OWNER] = 4);
	REFUSED(link.buffer_size = 0);
	REFUSED(link.buffer_base = UINT64_MAX);
	REFUSED(link.buffer_len = 0);
	REFUSED(link.buffer_count[LINK_OWNER] = 257);
	REFUSED(link.buffer_count[LINK_PEER] = 0);
}

static void checksum_is_zlibs(void **state)
{
	struct link_layout l;
	uint8_t bytes[sizeof(l)];
	size_t size = 0;

	(void)state;
	assert_int_equal(link_layout_static(&l, part, &usual, false, &none), 0);
#define ADD(field)                                               \
	do {                                                     \
		memcpy(bytes + size, &l.field, sizeof(l.field)); \
		size += sizeof(l.field);                         \
	} while (0)
	ADD(vring);
	ADD(num);
	ADD(align);
	ADD(buffers);
	ADD(buffer_len);
	ADD(buffer_count);
	assert_int_equal(link_layout_checksum(&l), crc32(0, bytes, (uInt)size));
}

#define CHANGES(change)                                                                  \
	do {                                                                             \
		struct link_layout l;                                                    \
		assert_int_equal(link_layout_static(&l, part, &usual, false, &none), 0); \
		uint32_t before = link_layout_checksum(&l);                              \
		l.change;                                                                \
		if (link_layout_checksum(&l) == before)                                  \
			fail_msg("the checksum does not know of %s", #change);           \
	} while (0)

static void checksum_covers_every_field(void **state)
{
	(void)state;
	CHANGES(vring[0].base++);
	CHANGES(vring[0].base += (uint64_t)1 << 32);
	CHANGES(vring[1].size++);
	CHANGES(num[0]++);
	CHANGES(num[1]++);
	CHANGES(align[0]++);
	CHANGES(align[1]++);
	CHANGES(buffers.base++);
	CHANGES(buffers.size++);
	CHANGES(buffer_len++);
	CHANGES(buffer_count[0]++);
	CHANGES(buffer_count[1]++);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(transmit_vrings),
		cmocka_unit_test(static_layout_has_its_order),
		cmocka_unit_test(static_layout_fits_or_is_none),
		cmocka_unit_test(pool_of_4_gib_has_no_room),
		cmocka_unit_test(table_is_read_by_vring),
		cmocka_unit_test(table_that_is_not_filled_in_is_none),
		cmocka_unit_test(checksum_is_zlibs),
		cmocka_unit_test(checksum_covers_every_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
