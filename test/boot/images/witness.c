/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stands where Linux will: the loader enters it last, on its own core. It prints how it was
 * entered, what is in the memory of SHOW (address, words …, ending in 0), what peers left at the
 * addresses of WATCH (a list ending in 0) within a second, and the device tree that it was given; then
 * it powers off where it CAN_POWER_OFF. All in lines for test/boot/console.py, by the loader's own
 * drivers of console and clock.
 */
#include "boot/board.h"
#include "driver/clock.h"
#include "test/boot/images/processor.h"

#define FDT_MAGIC 0xd00dfeedu

void run(uintptr_t r0, uintptr_t r1, uintptr_t r2);
ENTRY(run)

static const uint32_t watch[] = { WATCH };
static const uint32_t show[] = { SHOW };
static volatile uint32_t zero[64];

static void put_text(const char *text)
{
	while (*text)
		board_put(*text++);
}

static void put_hex(uint32_t value)
{
	for (int shift = 28; shift >= 0; shift -= 4)
		board_put("0123456789abcdef"[value >> shift & 0xf]);
}

static void put_value(const char *name, uint32_t value)
{
	put_text("witness: ");
	put_text(name);
	board_put(' ');
	put_hex(value);
	put_text("\r\n");
}

static uint32_t swap(uint32_t v)
{
	return __builtin_bswap32(v);
}

static void watch_peers(void)
{
	uint64_t end = clock_ticks() + clock_frequency();

	for (unsigned i = 0; i < sizeof(watch) / sizeof(watch[0]); i++) {
		volatile uint32_t *mark = (volatile uint32_t *)(uintptr_t)watch[i];

		if (!mark)
			continue;
		while (!mark[0] && clock_ticks() < end)
			__asm__ volatile("yield"); /* under icount one core runs at a time */
		put_text("witness: mark ");
		put_hex(watch[i]);
		board_put(' ');
		put_hex(mark[0]);
		board_put(' ');
		put_hex(mark[1]);
		put_text("\r\n");
	}
}

static void show_memory(void)
{
	for (unsigned i = 0; show[i]; i += 2) {
		const volatile uint32_t *from = (const volatile uint32_t *)(uintptr_t)show[i];

		put_text("witness: memory ");
		put_hex(show[i]);
		board_put(' ');
		for (uint32_t k = 0; k < show[i + 1]; k++)
			put_hex(swap(from[k]));
		put_text("\r\n");
	}
}

static void show_tree(const uint32_t *tree)
{
	uint32_t size;

	if (!tree || ((uintptr_t)tree & 3) || swap(tree[0]) != FDT_MAGIC)
		return;
	size = swap(tree[1]);
	for (uint32_t i = 0; i < size / 4; i += 8) {
		put_text("witness: tree ");
		for (uint32_t k = i; k < i + 8 && k < size / 4; k++)
			put_hex(swap(tree[k]));
		put_text("\r\n");
	}
}

void run(uintptr_t r0, uintptr_t r1, uintptr_t r2)
{
	const uintptr_t given[] = { r0, r1, r2 };
	struct state state[STATES];
	uint32_t dirt = 0;

	for (unsigned i = 0; i < 64; i++)
		dirt |= zero[i];
	put_value("core", core());
	put_value("r0", (uint32_t)r0);
	put_value("r1", (uint32_t)r1);
	put_value("r2", (uint32_t)r2);
	read_state(state);
	for (unsigned i = 0; i < STATES; i++)
		put_value(state[i].name, state[i].value);
	put_value("dirt", dirt);
	show_memory();
	watch_peers();
	show_tree((const uint32_t *)given[TREE_IN]);
	put_text("witness: done\r\n");
	if (CAN_POWER_OFF)
		power_off();
	for (;;)
		__asm__ volatile("wfi");
}
