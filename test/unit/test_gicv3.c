/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A GICv3 that is memory. SGIs: from a core's affinity to what the loader fills in, and on to
 * ICC_SGI1R; and of its groups the one that is ours.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BOARD_MEMORY_MAP "test/unit/fake_gicv3.h"
#include "doorbell/kind.h"
#include "driver/gicv3.c"

uint32_t fake_gicd[0x4000], fake_gicr[0x8000];

static uint64_t sent; /* as ICC_SGI1R has it */

void gic_core_send(uint64_t sgi)
{
	sent = sgi;
}

/* Only a real core has them. */
uint32_t gic_core_affinity(void)
{
	return 0;
}

void gic_core_stop(void)
{
}

void gic_core_start(void)
{
}

uint32_t gic_core_acknowledge(void)
{
	return GIC_ID_SPURIOUS;
}

void gic_core_end(uint32_t interrupt)
{
	(void)interrupt;
}

static bool hears(core_id_t id, struct link_doorbell *d)
{
	const struct interrupt_controller gic = { .version = 3 };
	/* The number counts for nothing here. */
	const struct doorbell_end end = { .id = id, .number = 7 };

	*d = (struct link_doorbell){ .kind = DOORBELL_SGI, .cell = { 9 } };
	return doorbell_hears(&end, &gic, d);
}

/* IHI 0069, 12.11.27: TargetList 15:0, Aff1 23:16, INTID 27:24, Aff2 39:32, Aff3 55:48. */
static void affinity_becomes_a_target(void **unused)
{
	static const struct {
		core_id_t id;
		uint64_t sgi;
	} cores[] = {
		{ 0x0, 0x9000001 },	  { 0x3, 0x9000008 },	      { 0xf, 0x9008000 },
		{ 0x100, 0x9010001 },	  { 0x503, 0x9050008 },	      { 0xff00, 0x9ff0001 },
		{ 0x10002, 0x109000004 }, { 0xff0a0f, 0xff090a8000 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof(cores) / sizeof(cores[0]); i++) {
		struct link_doorbell d;

		assert_true(hears(cores[i].id, &d));
		gicv3_ring(d.cell[0], d.cell[1]);
		assert_int_equal(sent, cores[i].sgi);
	}
}

/* More than 16 cores by level 0, and level 3: the cell has no room for them. */
static void out_of_reach(void **unused)
{
	struct link_doorbell d;

	(void)unused;
	assert_false(hears(0x10, &d));
	assert_false(hears(0x1ff, &d));
	assert_false(hears((core_id_t)1 << 32, &d));
}

/* GICD_CTLR (12.9.4) by a Secure context, which has a group 1 of its own; and by all others. */
static void group_of_our_own(void **unused)
{
	(void)unused;
	fake_gicr[GICR_TYPER / 4] = 1u << GICR_LAST_BIT;
	for (unsigned secure = 0; secure < 2; secure++) {
		fake_gicr[(GICR_FRAME + GICR_IGRPMODR) / 4] = secure ? 0x1fffu : 0;
		fake_gicd[0] = secure ? 1u << 1 : 1u << 2; /* the other's */
		assert_false(gicv3_wakes());
		fake_gicd[0] = secure ? 1u << 2 : 1u << 1;
		assert_true(gicv3_wakes());
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(affinity_becomes_a_target),
		cmocka_unit_test(out_of_reach),
		cmocka_unit_test(group_of_our_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
