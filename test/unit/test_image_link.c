/* SPDX-License-Identifier: BSD-2-Clause */
/* What an image makes of the resource table that it finds. Opening a link touches nothing shared. */
#define BOARD_MEMORY_MAP "boot/board/virt/memory_map.h"
#include "images/lib/link.c"
#include "test/unit/unit.h"

#define VRING_0 (LINK_B_BASE + 0x0000)
#define VRING_1 (LINK_B_BASE + 0x3000)
#define POOL	(LINK_B_BASE + 0x40000)

static struct link_doorbell rung;

void doorbell_ring(const struct link_doorbell *d)
{
	rung = *d;
}

static struct image_table filled(enum link_role own, enum link_role peer)
{
	struct image_table t = { 0 };

	t.vring[0] = (struct resource_vring){ .da = VRING_0, .align = 4096, .num = 256 };
	t.vring[1] = (struct resource_vring){ .da = VRING_1, .align = 4096, .num = 128 };
	t.link.magic = LINK_MAGIC;
	t.link.version = LINK_VERSION;
	t.link.role[LINK_OWNER] = own;
	t.link.role[LINK_PEER] = peer;
	t.link.buffer_base = POOL;
	t.link.buffer_size = 384 * 512;
	t.link.buffer_len = 512;
	/* Vring 0 is what the master receives, or between two alike what the owner sends in. */
	t.link.buffer_count[LINK_OWNER] = own == LINK_MASTER ? 128 : 256;
	t.link.buffer_count[LINK_PEER] = own == LINK_MASTER ? 256 : 128;
	t.link.doorbell[LINK_OWNER] = (struct link_doorbell){ LINK_DOORBELL_SGI, 8, 4 };
	t.link.doorbell[LINK_PEER] = (struct link_doorbell){ LINK_DOORBELL_SPI, 100, 0 };
	memset(t.link.name[LINK_OWNER], 'b', 32); /* its NUL is missing */
	strcpy(t.link.name[LINK_PEER], "linux");
	return t;
}

static void rings_follow_roles(void **state)
{
	static const struct {
		enum link_role own, peer;
		uint32_t receive, transmit;
	} roles[] = {
		{ LINK_REMOTE, LINK_MASTER, VRING_1, VRING_0 },
		{ LINK_MASTER, LINK_REMOTE, VRING_0, VRING_1 },
		{ LINK_SYMMETRIC, LINK_SYMMETRIC, VRING_1, VRING_0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(roles); i++) {
		struct image_table t = filled(roles[i].own, roles[i].peer);
		struct image_link l;
		const struct rpmsg_config *c = &l.rpmsg.config;

		assert_int_equal(image_link_open(&l, &t), 0);
		assert_int_equal(c->role, roles[i].own);
		assert_int_equal((uintptr_t)c->receive.vring, roles[i].receive);
		assert_int_equal((uintptr_t)c->transmit.vring, roles[i].transmit);
		/* Vring 0's buffers come first in the pool. */
		for (unsigned k = 0; k < 2; k++) {
			const struct rpmsg_ring_config *r = k ? &c->receive : &c->transmit;
			bool first = (uintptr_t)r->vring == VRING_0;

			assert_int_equal(r->first, first ? 0 : 256);
			assert_int_equal(r->count, first ? 256 : 128);
			assert_int_equal(r->num, first ? 256 : 128);
		}
		assert_ptr_equal(c->own_epoch, (char *)&t.link + 96);
		assert_ptr_equal(c->peer_epoch, (char *)&t.link + 100);
		c->kick(c->arg);
		assert_int_equal(rung.type, LINK_DOORBELL_SPI);
		assert_int_equal(rung.number, 100);
		assert_string_equal(l.peer_name, "linux");
		assert_int_equal(strlen(l.own_name), 31);
	}
}

static void bad_tables_are_refused(void **state)
{
	struct image_table bad[18];
	struct image_link l;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		bad[i] = filled(LINK_REMOTE, LINK_MASTER);
	bad[0].link.magic = 0;
	bad[1].link.version++;
	bad[2].link.buffer_size = 0;	       /* nobody has filled it in */
	bad[3].link.buffer_base = PEER_B_BASE; /* our own memory */
	bad[4].link.buffer_base = SHARED_BASE - 512;
	bad[5].link.buffer_size = SHARED_SIZE;
	bad[6].link.buffer_base += 1ull << 32;
	bad[7].link.buffer_size = 0xffffffffffffffff;
	bad[8].link.role[LINK_OWNER] = 1;
	bad[9].link.role[LINK_OWNER] = 0x100; /* not cut off to a remote's 0 */
	bad[10].vring[0].da = RESOURCE_ANY;
	bad[11].vring[1].da = PEER_B_BASE;
	bad[12].vring[1].da = SHARED_BASE + SHARED_SIZE - 4096;
	bad[13].vring[0].num = 512; /* more than there is a shadow for */
	bad[14].vring[0].num = 0;
	bad[15].vring[1].align = 0;
	bad[16].vring[1].align = 0x80000000;
	bad[17].link.buffer_len = 16;
	for (size_t i = 0; i < COUNT(bad); i++)
		if (image_link_open(&l, &bad[i]) != RPMSG_E_CONFIG)
			fail_msg("table %zu was taken", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rings_follow_roles),
		cmocka_unit_test(bad_tables_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
