/* SPDX-License-Identifier: BSD-2-Clause */
/* A link's vrings and buffers, filled in or left to its ends. */
#include <linux/virtio_ring.h>

#include "test/unit/table_scene.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
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
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
