/* SPDX-License-Identifier: BSD-2-Clause */
/* Two images in one process: every way and role from the first table to messages, and over restarts. */
#include "test/unit/image_scene.h"

#define ROUNDS	  16 /* more than any order of events takes */
#define REFERENCE IMAGE_VDEVS

static const enum link_role roles[] = { LINK_REMOTE, LINK_MASTER, LINK_SYMMETRIC };

/* One end: [LINK_OWNER] or [LINK_PEER] of the one link that there is. */
struct end {
	struct image_link link;
	struct rpmsg_ept ept;
	unsigned received;
};
static struct end ends[2];
static struct scene_link scene;
static struct image_static_link constants;

static enum rpmsg_verdict take_message(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct end *end = e->arg;

	assert_int_equal(m->len, 5);
	assert_memory_equal(m->data, "hello", 5);
	end->received++;
	return RPMSG_RELEASE;
}

/* From its entry on; what it has in shared memory stays. */
static void start(enum link_end n)
{
	struct end *end = &ends[n];

	if (scene.method == LINK_STATIC) {
		assert_int_equal(image_link_open_static(&end->link, &constants, n ? "c" : "b"), 0);
	} else {
		volatile struct image_table *table = table_at(n ? scene.peer : scene.owner);

		image_table_restore(table);
		assert_int_equal(image_link_open(&end->link, table, n ? REFERENCE : 0), 0);
	}
	assert_int_equal(rpmsg_ept_create(&end->link.rpmsg, &end->ept, "channel", 1024,
					  RPMSG_ADDRESS_ANY, take_message, end),
			 0);
	assert_int_equal(rpmsg_link_start(&end->link.rpmsg), 0);
}

static void poll_both(void)
{
	for (unsigned i = 0; i < ROUNDS; i++)
		for (unsigned n = 0; n < 2; n++)
			if (ends[n].link.about.name[0][0]) /* it has been started */
				rpmsg_link_poll(&ends[n].link.rpmsg, 64);
}

static enum rpmsg_state state_of(enum link_end n)
{
	return rpmsg_link_state(&ends[n].link.rpmsg);
}

static void talk(void)
{
	for (unsigned n = 0; n < 2; n++) {
		unsigned before = ends[!n].received;

		assert_int_equal(state_of(n), RPMSG_UP);
		for (unsigned i = 0; i < 5; i++)
			assert_int_equal(rpmsg_ept_send(&ends[n].ept, "hello", 5), 0);
		poll_both();
		assert_int_equal(ends[!n].received, before + 5);
		assert_int_equal(ends[n].link.rpmsg.counters.broken, 0);
	}
}

/* As the loader leaves it. */
static void set_scene(enum link_method method, enum link_role own)
{
	memset(ends, 0, sizeof(ends));
	scene = (struct scene_link){ .owner = TABLE_B_BASE,
				     .peer = TABLE_C_BASE,
				     .own = own,
				     .memory = LINK_B_BASE,
				     .method = method };
	scene_empty(TABLE_B_BASE);
	scene_empty(TABLE_C_BASE);
	memset((void *)(uintptr_t)LINK_B_BASE, method == LINK_STATIC ? 0 : 0xa5, LINK_SIZE);
	constants = (struct image_static_link){
		.name = { "b", "c" },
		.role = { own, own == LINK_SYMMETRIC ? LINK_SYMMETRIC : LINK_MASTER - own },
		.layout = { .memory = { LINK_B_BASE, LINK_SIZE },
			    .num = 256,
			    .align = 4096,
			    .buffer_len = 512,
			    .buffer_count = { 200, 100 } },
	};
	if (method != LINK_STATIC)
		scene_fill(&scene);
}

static void for_each_way(void (*test)(void))
{
	for (enum link_method method = LINK_PRESET; method <= LINK_STATIC; method++)
		for (size_t i = 0; i < COUNT(roles); i++) {
			set_scene(method, roles[i]);
			test();
		}
}

static void start_owner_first(void)
{
	start(LINK_OWNER);
	poll_both();
	assert_int_equal(state_of(LINK_OWNER), RPMSG_WAITING);
	start(LINK_PEER);
	poll_both();
	talk();
}

static void start_peer_first(void)
{
	start(LINK_PEER);
	poll_both();
	assert_int_equal(state_of(LINK_PEER), RPMSG_WAITING);
	start(LINK_OWNER);
	poll_both();
	talk();
}

static void restart_each(void)
{
	start_owner_first();
	for (unsigned i = 0; i < 5; i++) {
		start(i & 1);
		poll_both();
		talk();
	}
	start(LINK_OWNER);
	start(LINK_PEER);
	poll_both();
	talk();
}

static void either_starts_first(void **state)
{
	(void)state;
	for_each_way(start_owner_first);
	for_each_way(start_peer_first);
}

static void either_restarts(void **state)
{
	(void)state;
	for_each_way(restart_each);
}

/* What the leading end has filled in is what the loader would have. */
static void handshake_fills_in_what_preset_has(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(roles); i++) {
		struct image_table preset, *t = table_at(TABLE_B_BASE);

		set_scene(LINK_PRESET, roles[i]);
		preset = *t;
		set_scene(LINK_HANDSHAKE, roles[i]);
		assert_int_equal(t->vdev[0].vring[0].da, RESOURCE_ANY);
		assert_int_equal(t->link[0].buffer_size, 0);
		start_owner_first();
		for (unsigned k = 0; k < 2; k++) {
			assert_int_equal(t->vdev[0].vring[k].da, preset.vdev[0].vring[k].da);
			assert_int_equal(t->link[0].role[k], preset.link[0].role[k]);
			if (roles[i] != LINK_MASTER) /* whose counts are its own table's: none */
				assert_int_equal(t->link[0].buffer_count[k],
						 preset.link[0].buffer_count[k]);
		}
		assert_int_equal(t->link[0].buffer_base, preset.link[0].buffer_base);
		assert_int_equal(t->link[0].buffer_len, 512);
	}
}

/* A new life of the leader finds the table as the owner's image brought it, and fills it in again. */
static void each_offer_is_laid_out_anew(void **state)
{
	struct image_table *t = table_at(TABLE_B_BASE);

	(void)state;
	for (size_t i = 0; i < COUNT(roles); i++) {
		set_scene(LINK_HANDSHAKE, roles[i]);
		if (roles[i] == LINK_MASTER) /* its own table: nobody lays it out for it */
			continue;
		start_owner_first();
		start(LINK_PEER);
		rpmsg_link_poll(&ends[LINK_OWNER].link.rpmsg, 64);
		assert_int_equal(t->vdev[0].vring[0].da, RESOURCE_ANY);
		assert_int_equal(t->vdev[0].vring[1].da, RESOURCE_ANY);
		assert_int_equal(t->vdev[0].vdev.status, 0);
		assert_int_equal(t->link[0].buffer_size, 0);
		assert_int_not_equal(t->link[0].session.epoch[0], 0);
		poll_both();
		talk();
	}
}

/* Nonsense that the owner lays out, or that is there when the other end reads. */
struct spoilt {
	size_t at;
	uint32_t value;
};
#define SPOILT(member, value)                               \
	{                                                   \
		offsetof(struct image_table, member), value \
	}

static const struct spoilt spoils[] = {
	SPOILT(vdev[0].vring[0].da, LINK_C_BASE), /* another link's */
	SPOILT(vdev[0].vring[1].da, TABLE_C_BASE),
	SPOILT(vdev[0].vring[1].da, LINK_B_BASE + LINK_SIZE - 4096),
	SPOILT(vdev[0].vring[0].da, 0x40000000),
	SPOILT(vdev[0].vring[0].num, 512),
	SPOILT(vdev[0].vring[0].num, 3),
	SPOILT(vdev[0].vring[1].align, 0),
	SPOILT(vdev[0].vdev.id, 3),
	SPOILT(link[0].vdev, 1),
	SPOILT(link[0].magic, 0),
	SPOILT(head.num, 0),
	SPOILT(link[0].memory_base, LINK_C_BASE),
};

static void spoil(const struct spoilt *s)
{
	memcpy((uint8_t *)(uintptr_t)(TABLE_B_BASE + s->at), &s->value, sizeof(s->value));
}

static void the_leader_checks_what_is_laid_out(void **state)
{
	static uint8_t elsewhere[LINK_SIZE];

	(void)state;
	memset((void *)(uintptr_t)LINK_C_BASE, 0x77, LINK_SIZE);
	memset(elsewhere, 0x77, sizeof(elsewhere));
	for (size_t i = 0; i < COUNT(spoils); i++) {
		set_scene(LINK_HANDSHAKE, LINK_REMOTE);
		start(LINK_PEER);
		start(LINK_OWNER);
		rpmsg_link_poll(&ends[LINK_OWNER].link.rpmsg, 64); /* it offers */
		spoil(&spoils[i]);
		rpmsg_link_poll(&ends[LINK_PEER].link.rpmsg, 64);
		if (state_of(LINK_PEER) == RPMSG_UP ||
		    ends[LINK_PEER].link.rpmsg.counters.broken != 1)
			fail_msg("spoilt in way %zu, it went up", i);
		assert_memory_equal((void *)(uintptr_t)LINK_C_BASE, elsewhere, LINK_SIZE);
	}
}

static void the_follower_checks_what_is_filled_in(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(spoils); i++) {
		set_scene(LINK_HANDSHAKE, LINK_REMOTE);
		start(LINK_OWNER);
		start(LINK_PEER);
		rpmsg_link_poll(&ends[LINK_OWNER].link.rpmsg, 64);
		rpmsg_link_poll(&ends[LINK_PEER].link.rpmsg, 64); /* it fills in and goes ahead */
		assert_int_equal(state_of(LINK_PEER), RPMSG_UP);
		spoil(&spoils[i]);
		rpmsg_link_poll(&ends[LINK_OWNER].link.rpmsg, 64);
		if (state_of(LINK_OWNER) == RPMSG_UP ||
		    ends[LINK_OWNER].link.rpmsg.counters.broken != 1)
			fail_msg("spoilt in way %zu, it went up", i);
	}
	/* The next life of the owner lays everything out anew, and all is well. */
	start(LINK_OWNER);
	poll_both();
	talk();
}

static void static_layouts_must_match(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(roles); i++) {
		set_scene(LINK_STATIC, roles[i]);
		start(LINK_OWNER);
		constants.layout.buffer_count[0]--;
		start(LINK_PEER);
		poll_both();
		for (unsigned n = 0; n < 2; n++) {
			assert_int_equal(state_of(n), RPMSG_MISMATCH);
			assert_int_equal(ends[n].link.rpmsg.counters.mismatches, 1);
			assert_int_equal(ends[n].link.rpmsg.counters.sessions, 0);
		}
		constants.layout.buffer_count[0]++;
		start(LINK_PEER);
		poll_both();
		talk();
	}
}

static void static_constants_are_checked(void **state)
{
	struct image_static_link bad[7];
	struct image_link l;

	(void)state;
	set_scene(LINK_STATIC, LINK_REMOTE);
	for (size_t i = 0; i < COUNT(bad); i++)
		bad[i] = constants;
	assert_int_equal(image_link_open_static(&l, &bad[0], "linux"), IMAGE_LINK_UNUSED);
	bad[0].layout.memory.base = PEER_B_BASE;
	bad[1].layout.memory.size = 0x8000;
	bad[2].layout.num = 512;
	bad[3].layout.align = 3;
	bad[4].layout.buffer_len = 16;
	bad[5].role[0] = LINK_MASTER;
	bad[6].layout.memory.base += 1ull << 32;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (image_link_open_static(&l, &bad[i], "b") != RPMSG_E_CONFIG)
			fail_msg("constants %zu were taken", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(either_starts_first),
		cmocka_unit_test(either_restarts),
		cmocka_unit_test(handshake_fills_in_what_preset_has),
		cmocka_unit_test(each_offer_is_laid_out_anew),
		cmocka_unit_test(the_leader_checks_what_is_laid_out),
		cmocka_unit_test(the_follower_checks_what_is_filled_in),
		cmocka_unit_test(static_layouts_must_match),
		cmocka_unit_test(static_constants_are_checked),
	};

	return cmocka_run_group_tests(tests, scene_map, NULL);
}
