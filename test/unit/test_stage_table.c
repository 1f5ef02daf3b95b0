/* SPDX-License-Identifier: BSD-2-Clause */
/* What the loader clears for a link before anybody runs; memory is an array here. */
#include "boot/stage/table.c"
#include "doorbell/ipcc.h"
#include "test/unit/unit.h"

#define BASE 0x5d040000u
#define PAGE 0x1000u
#define DIRT 0xee

static uint8_t memory[6 * PAGE];

void *arch_pointer(phys_addr_t address)
{
	assert_in_range(address, BASE, BASE + sizeof(memory));
	return memory + (address - BASE);
}

void arch_clean(const void *from, size_t size)
{
	(void)from, (void)size;
}

void record(enum stage stage, int result, phys_addr_t address, size_t size, const char *format, ...)
{
	(void)stage, (void)result, (void)address, (void)size, (void)format;
}

int stage_each(struct boot *boot, enum stage_set set, stage_one_t *one, struct error *e)
{
	(void)boot, (void)set, (void)one;
	return e->code;
}

/* Vrings that the table places share their pages with whatever else the firmware put there. */
static void fixed_vrings_are_cleared_to_their_last_byte(void **state)
{
	static const struct range room = { BASE + 2 * PAGE, 4 * PAGE };
	static const struct manifest_link none;
	static struct boot boot;
	struct plan_link *link = &boot.plan.link[0];
	struct error e = { 0 };

	(void)state;
	boot.plan.links = 1;
	link->manifest = &none;
	link->page.base = BASE; /* of no bytes */
	link->layout =
		(struct link_layout){ .num = { 16, 16 }, .align = { 16, 16 }, .buffer_len = 64 };
	assert_int_equal(link_layout_measure(&link->layout, link->part, &e), 0);
	link->part[LINK_VRING0].base = BASE;
	link->part[LINK_VRING1].base = BASE + PAGE;
	assert_int_equal(link_layout_place(&link->layout, link->part, &room, &e), 0);
	assert_int_equal(link->layout.vring[0].size, PAGE);
	memset(memory, DIRT, sizeof(memory));
	assert_int_equal(stage_table_early(&boot, &e), 0);
	for (size_t i = 0; i < sizeof(memory); i++) {
		bool is_vring = i / PAGE < 2 && i % PAGE < link->part[i / PAGE].size;

		assert_int_equal(memory[i], is_vring ? 0 : DIRT);
	}
}

/* A whole page of them, whatever was there, and what Linux's drivers look for. */
static void registers_begin_as_linux_wants_them(void **state)
{
	static const struct manifest_link manifest = { .registers = { BASE + PAGE, PAGE } };
	static const struct manifest_context attaches,
		loads = { .control = { "p" }, .controls = 1 }, p = { .name = "p" };
	static struct plan_context peer = { .table_home = { BASE, 200 }, .manifest = &p };
	static struct plan_context master = { .manifest = &attaches };
	static struct boot boot;
	struct plan_link *link = &boot.plan.link[0];
	const uint32_t *word = (const void *)(memory + PAGE);
	unsigned set = 0;
	struct error e = { 0 };

	(void)state;
	boot.plan.links = 1;
	link->manifest = &manifest;
	link->page = manifest.registers;
	link->end[LINK_OWNER] = &peer;
	link->end[LINK_PEER] = &master;
	link->part[LINK_VRING0].base = link->part[LINK_VRING1].base = BASE;
	memset(memory, DIRT, sizeof(memory));
	assert_int_equal(stage_table_early(&boot, &e), 0);
	for (size_t i = 0; i < PAGE / 4; i++)
		set += word[i] != 0;
	assert_int_equal(set, 6);
	assert_int_equal(word[STM32_STATE / 4], 2);
	assert_int_equal(word[STM32_TABLE / 4], BASE);
	assert_int_equal(word[IPCC_C1MR / 4], 0xffffffff);
	assert_int_equal(word[IPCC_C2TOC1SR / 4], 3);
	assert_int_equal(word[(IPCC_BASE + 0x3f0) / 4], 2);
	assert_int_equal(word[(IPCC_BASE + 0x3f4) / 4], 0x10);
	assert_int_equal(memory[PAGE - 1], DIRT);
	assert_int_equal(memory[2 * PAGE], DIRT);
	/* Linux controls it: then the one that is written is the monitor's. */
	master.manifest = &loads;
	assert_int_equal(word[STM32_TZ / 4], 0);
	assert_int_equal(stage_table_early(&boot, &e), 0);
	assert_int_equal(word[STM32_TZ / 4], 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixed_vrings_are_cleared_to_their_last_byte),
		cmocka_unit_test(registers_begin_as_linux_wants_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
