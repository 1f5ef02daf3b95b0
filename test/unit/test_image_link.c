/* SPDX-License-Identifier: BSD-2-Clause */
/* What images make of the resource tables that they find. Opening a link changes nothing shared. */
#include "test/unit/image_scene.h"

#define B	  TABLE_B_BASE
#define C	  TABLE_C_BASE
#define REFERENCE IMAGE_VDEVS /* the first one */

static const enum link_role roles[] = { LINK_REMOTE, LINK_MASTER, LINK_SYMMETRIC };

/* What is refused says why, and nothing else does. */
static int open_link(struct image_link *l, struct image_table *table, unsigned n)
{
	int result = image_link_open(l, table, n);

	assert_int_equal(result == RPMSG_E_CONFIG, l->problem != NULL);
	return result;
}

static void empty_tables(void)
{
	scene_empty(B);
	scene_empty(C);
}

/* One link, owned by b in whatever role. */
static void one_link(enum link_role own)
{
	const struct scene_link s = { .owner = B, .peer = C, .own = own, .memory = LINK_B_BASE };

	empty_tables();
	scene_fill(&s);
}

static void rings_follow_roles(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(roles); i++)
		for (unsigned end = 0; end < 2; end++) {
			struct image_link l;
			const struct rpmsg_config *c = &l.rpmsg.config;
			struct image_table *owner = table_at(B);
			unsigned transmit = link_transmit_vring(roles[i], LINK_OWNER) ^ end;

			one_link(roles[i]);
			assert_int_equal(open_link(&l, table_at(end ? C : B), end ? REFERENCE : 0),
					 0);
			assert_int_equal(c->role, owner->link[0].role[end]);
			assert_int_equal((uintptr_t)c->transmit.vring,
					 owner->vdev[0].vring[transmit].da);
			assert_int_equal((uintptr_t)c->receive.vring,
					 owner->vdev[0].vring[!transmit].da);
			assert_int_equal(c->transmit.count, end ? 100 : 200);
			assert_int_equal(c->receive.count, end ? 200 : 100);
			/* Vring 0's buffers come first in the pool. */
			assert_int_equal(c->transmit.first, transmit ? c->receive.count : 0);
			assert_int_equal(c->receive.first, transmit ? 0 : c->transmit.count);
			assert_int_equal((uintptr_t)c->pool, owner->link[0].buffer_base);
			assert_ptr_equal(c->vdev, &owner->vdev[0].vdev);
			assert_int_equal((uintptr_t)l.session, (uintptr_t)&owner->link[0] + 96);
			c->kick(c->arg);
			assert_int_equal(rung.cell[0], end ? 8 : 9);
			assert_string_equal(image_link_own(&l), end ? "c" : "b");
			assert_string_equal(image_link_peer(&l), end ? "b" : "c");
		}
}

static void unused_entries_are_no_links(void **state)
{
	struct image_link l;

	(void)state;
	one_link(LINK_REMOTE);
	for (unsigned n = 0; n < IMAGE_LINKS; n++) {
		assert_int_equal(open_link(&l, table_at(B), n), n ? IMAGE_LINK_UNUSED : 0);
		assert_int_equal(open_link(&l, table_at(C), n),
				 n == REFERENCE ? 0 : IMAGE_LINK_UNUSED);
	}
}

/* Six links between the same two: each end must find the same six. */
static void every_reference_finds_its_own(void **state)
{
	struct image_link own, other;

	(void)state;
	empty_tables();
	for (unsigned n = 0; n < IMAGE_VDEVS; n++) {
		const struct scene_link by_b = { B, C, n, roles[n], LINK_B_BASE + n * LINK_SIZE, 0 };
		const struct scene_link by_c = { C, B, n, roles[n], LINK_C_BASE + n * LINK_SIZE, 0 };

		scene_fill(&by_b);
		scene_fill(&by_c);
	}
	for (unsigned owner = 0; owner < 2; owner++)
		for (unsigned n = 0; n < IMAGE_VDEVS; n++) {
			assert_int_equal(open_link(&own, table_at(owner ? C : B), n), 0);
			assert_int_equal(open_link(&other, table_at(owner ? B : C), REFERENCE + n),
					 0);
			assert_ptr_equal(own.vdev, other.vdev);
			assert_ptr_equal(own.vdev, &table_at(owner ? C : B)->vdev[n].vdev);
			assert_ptr_equal(own.session, other.session);
			assert_memory_equal(&own.layout, &other.layout, sizeof(own.layout));
		}
}

/* A number of any width, wherever in a table. */
struct change {
	size_t at;
	unsigned size;
	uint64_t value;
};
#define CHANGE(member, value)                                                                    \
	{                                                                                        \
		offsetof(struct image_table, member), sizeof(((struct image_table *)0)->member), \
			value                                                                    \
	}

static void apply(struct image_table *t, const struct change *c)
{
	memcpy((uint8_t *)t + c->at, &c->value, c->size);
}

static void bad_tables_are_refused(void **state)
{
	static const struct change changes[] = {
		CHANGE(head.ver, 2),
		CHANGE(head.num, 0),
		CHANGE(head.num, 33),
		CHANGE(head.num, 0x40000001),
		CHANGE(head.reserved[0], 1),
		CHANGE(offset[0], 0),
		CHANGE(offset[0], 0xfffffffc),
		CHANGE(offset[4], RESOURCE_TABLE_MAX),
		CHANGE(offset[4], RESOURCE_TABLE_MAX - 4),
		CHANGE(vdev[0].vdev.type, RESOURCE_DEVMEM),
		CHANGE(vdev[0].vdev.id, 3),
		CHANGE(vdev[0].vdev.num_of_vrings, 1),
		CHANGE(vdev[0].vdev.num_of_vrings, 255),
		CHANGE(vdev[0].vdev.config_len, 0xffffffff),
		CHANGE(vdev[0].vring[0].da, RESOURCE_ANY),
		CHANGE(vdev[0].vring[1].da, PEER_B_BASE),
		CHANGE(vdev[0].vring[1].da, SHARED_BASE + SHARED_SIZE - 4096),
		CHANGE(vdev[0].vring[1].da, SHARED_BASE - 4096),
		CHANGE(vdev[0].vring[0].num, 512), /* more than there is a shadow for */
		CHANGE(vdev[0].vring[0].num, 0),
		CHANGE(vdev[0].vring[0].num, 100),
		CHANGE(vdev[0].vring[1].align, 0),
		CHANGE(vdev[0].vring[1].align, 3),
		CHANGE(vdev[0].vring[1].align, 0x80000000),
		CHANGE(link[0].type, RESOURCE_LINK + 1),
		CHANGE(link[0].magic, 0),
		CHANGE(link[0].version, LINK_VERSION + 1),
		CHANGE(link[0].length, 8),
		CHANGE(link[0].length, 0xffff),
		CHANGE(link[0].vdev, 1), /* which is not filled in */
		CHANGE(link[0].vdev, IMAGE_VDEVS),
		CHANGE(link[0].vdev, LINK_NO_VDEV),
		CHANGE(link[0].buffer_size, 0),
		CHANGE(link[0].buffer_size, SHARED_SIZE),
		CHANGE(link[0].buffer_size, 512), /* less than all buffers */
		CHANGE(link[0].buffer_size, 0xffffffffffffffff),
		CHANGE(link[0].buffer_base, PEER_B_BASE),
		CHANGE(link[0].buffer_base, SHARED_BASE - 512),
		CHANGE(link[0].buffer_base, LINK_B_BASE + (1ull << 32)),
		CHANGE(link[0].buffer_base, LINK_B_BASE + 2), /* misaligned for any header */
		CHANGE(link[0].buffer_len, 16),
		CHANGE(link[0].buffer_len, 514),
		CHANGE(link[0].buffer_count[0], 0),
		CHANGE(link[0].buffer_count[1], 257),
		CHANGE(link[0].role[0], 1),
		CHANGE(link[0].role[0], LINK_SYMMETRIC),
		CHANGE(link[0].role[0], 0x100), /* not cut off to a remote's 0 */
		CHANGE(link[0].role[1], LINK_REMOTE),
	};
	struct image_link l;

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++) {
		one_link(LINK_REMOTE);
		apply(table_at(B), &changes[i]);
		if (open_link(&l, table_at(B), 0) != RPMSG_E_CONFIG)
			fail_msg("its owner took change %zu", i);
		if (open_link(&l, table_at(C), REFERENCE) != RPMSG_E_CONFIG)
			fail_msg("the other end took change %zu", i);
	}
	/* Two roles that fit no end, alike in table and reference. */
	one_link(LINK_REMOTE);
	table_at(B)->link[0].role[1] = table_at(C)->link[REFERENCE].role[1] = LINK_REMOTE;
	assert_int_equal(open_link(&l, table_at(B), 0), RPMSG_E_CONFIG);
	assert_int_equal(open_link(&l, table_at(C), REFERENCE), RPMSG_E_CONFIG);
}

/* Names without an end, the same in table and reference. */
static void names_must_end(void **state)
{
	struct image_link l;

	(void)state;
	for (unsigned end = 0; end < 2; end++) {
		one_link(LINK_REMOTE);
		memset(table_at(B)->link[0].name[end], 'x', 32);
		memset(table_at(C)->link[REFERENCE].name[end], 'x', 32);
		assert_int_equal(open_link(&l, table_at(B), 0), RPMSG_E_CONFIG);
		assert_int_equal(open_link(&l, table_at(C), REFERENCE), RPMSG_E_CONFIG);
	}
}

static void references_lead_into_shared_memory_only(void **state)
{
	static const struct change changes[] = {
		CHANGE(link[REFERENCE].table[0], PEER_B_BASE),
		CHANGE(link[REFERENCE].table[0], SHARED_BASE + SHARED_SIZE - 8),
		CHANGE(link[REFERENCE].table[0], SHARED_BASE - 8),
		CHANGE(link[REFERENCE].table[0], B + 4), /* words would not be aligned */
		CHANGE(link[REFERENCE].table[0], B + (1ull << 32)),
		CHANGE(link[REFERENCE].table[0], 0xfffffffffffffff8),
		CHANGE(link[REFERENCE].table[0], C),	       /* our own describes no such link */
		CHANGE(link[REFERENCE].table[0], LINK_B_BASE), /* no table there */
		CHANGE(link[REFERENCE].name[0], 'x'),
		CHANGE(link[REFERENCE].name[1], 'x'),
		CHANGE(link[REFERENCE].memory_base, LINK_C_BASE),
		CHANGE(link[REFERENCE].memory_size, 4096),
		CHANGE(link[REFERENCE].method, LINK_STATIC),
	};
	struct image_link l;

	(void)state;
	for (size_t i = 0; i < COUNT(changes); i++) {
		struct change c = changes[i];

		one_link(LINK_REMOTE);
		c.size = c.size > 8 ? 1 : c.size; /* a name's first letter */
		apply(table_at(C), &c);
		if (open_link(&l, table_at(C), REFERENCE) != RPMSG_E_CONFIG)
			fail_msg("change %zu was taken", i);
	}
	/* What we own is in our own table. */
	one_link(LINK_REMOTE);
	table_at(C)->link[0] = table_at(B)->link[0];
	assert_int_equal(open_link(&l, table_at(C), 0), RPMSG_E_CONFIG);
}

/* Entries of another's firmware may lie anywhere; their words would then not be read whole. */
static void misaligned_entries_are_refused(void **state)
{
	struct image_table *t = table_at(B);
	struct image_link l;

	(void)state;
	one_link(LINK_REMOTE);
	memmove((uint8_t *)t + sizeof(*t) + 2, &t->link[0], sizeof(t->link[0]));
	t->head.num = 5;
	t->offset[4] = sizeof(*t) + 2;
	assert_int_equal(open_link(&l, table_at(C), REFERENCE), RPMSG_E_CONFIG);
	memmove((uint8_t *)t + sizeof(*t), (uint8_t *)t + sizeof(*t) + 2, sizeof(t->link[0]));
	t->offset[4] = sizeof(*t);
	assert_int_equal(open_link(&l, table_at(C), REFERENCE), 0);
}

static void restoring_leaves_what_is_shared(void **state)
{
	struct image_table *t = table_at(B), *kept = table_at(scene_pristine(B)), wanted;

	(void)state;
	one_link(LINK_REMOTE);
	wanted = *t;
	memset(t, 0x5a, sizeof(*t));
	assert_false(image_table_restore(t)); /* a wild address */
	t->link[0].pristine = t->link[1].pristine = t->link[2].pristine = 0;
	assert_false(image_table_restore(t)); /* nobody has kept one */
	t->link[1].pristine = (uintptr_t)kept;
	for (unsigned n = 0; n < IMAGE_VDEVS; n++) {
		wanted.vdev[n].vdev.status = 0x5a;
		wanted.vdev[n].vdev.gfeatures = 0x5a5a5a5a;
	}
	for (unsigned n = 0; n < IMAGE_LINKS; n++)
		memset((uint8_t *)&wanted.link[n] + 96, 0x5a, sizeof(struct link_session));
	assert_true(image_table_restore(t));
	assert_memory_equal(t, &wanted, sizeof(*t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rings_follow_roles),
		cmocka_unit_test(unused_entries_are_no_links),
		cmocka_unit_test(every_reference_finds_its_own),
		cmocka_unit_test(bad_tables_are_refused),
		cmocka_unit_test(names_must_end),
		cmocka_unit_test(references_lead_into_shared_memory_only),
		cmocka_unit_test(misaligned_entries_are_refused),
		cmocka_unit_test(restoring_leaves_what_is_shared),
	};

	return cmocka_run_group_tests(tests, scene_map, NULL);
}
