/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stands where Linux will: the loader enters it last, on its own core. It prints how it was
 * entered, what is in the memory of SHOW (address, words …, ending in 0), what peers left at the
 * addresses of WATCH (a list ending in 0), and the device tree that r2 points to; then it powers
 * off. All in lines for test/boot/console.py.
 */
#include "test/boot/images/board.h"

#define FDT_MAGIC	0xd00dfeedu
#define PSCI_SYSTEM_OFF 0x84000008u
#define PATIENCE	62500000u /* ticks that a peer may take: one second of QEMU's time */

#define UART_DATA (*(volatile uint32_t *)UART_BASE)
#define UART_FLAG (*(volatile uint32_t *)(UART_BASE + 0x18))
#define UART_FULL 0x20u

void run(uint32_t r0, uint32_t r1, uint32_t r2);
ENTRY(run)

static const uint32_t watch[] = { WATCH };
static const uint32_t show[] = { SHOW };
static volatile uint32_t zero[64];

static void put(char c)
{
	while (UART_FLAG & UART_FULL)
		;
	UART_DATA = (uint8_t)c;
}

static void put_text(const char *text)
{
	while (*text)
		put(*text++);
}

static void put_hex(uint32_t value)
{
	for (int shift = 28; shift >= 0; shift -= 4)
		put("0123456789abcdef"[value >> shift & 0xf]);
}

static void put_value(const char *name, uint32_t value)
{
	put_text("witness: ");
	put_text(name);
	put(' ');
	put_hex(value);
	put_text("\r\n");
}

static uint32_t ticks(void)
{
	uint32_t low, high;

	__asm__ volatile("mrrc p15, 1, %0, %1, c14" : "=r"(low), "=r"(high));
	return low;
}

static uint32_t swap(uint32_t v)
{
	return __builtin_bswap32(v);
}

static void watch_peers(void)
{
	uint32_t start = ticks();

	for (unsigned i = 0; i < sizeof(watch) / sizeof(watch[0]); i++) {
		volatile uint32_t *mark = (volatile uint32_t *)watch[i];

		if (!mark)
			continue;
		while (!mark[0] && ticks() - start < PATIENCE)
			__asm__ volatile("yield"); /* under icount one core runs at a time */
		put_text("witness: mark ");
		put_hex(watch[i]);
		put(' ');
		put_hex(mark[0]);
		put(' ');
		put_hex(mark[1]);
		put_text("\r\n");
	}
}

static void show_memory(void)
{
	for (unsigned i = 0; show[i]; i += 2) {
		const volatile uint32_t *from = (const volatile uint32_t *)show[i];

		put_text("witness: memory ");
		put_hex(show[i]);
		put(' ');
		for (uint32_t k = 0; k < show[i + 1]; k++)
			put_hex(swap(from[k]));
		put_text("\r\n");
	}
}

static void show_tree(const uint32_t *tree)
{
	uint32_t size;

	if (!tree || ((uint32_t)tree & 3) || swap(tree[0]) != FDT_MAGIC)
		return;
	size = swap(tree[1]);
	for (uint32_t i = 0; i < size / 4; i += 8) {
		put_text("witness: tree ");
		for (uint32_t k = i; k < i + 8 && k < size / 4; k++)
			put_hex(swap(tree[k]));
		put_text("\r\n");
	}
}

void run(uint32_t r0, uint32_t r1, uint32_t r2)
{
	uint32_t sctlr, cpsr, dirt = 0;

	__asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(sctlr));
	__asm__ volatile("mrs %0, cpsr" : "=r"(cpsr));
	for (unsigned i = 0; i < 64; i++)
		dirt |= zero[i];
	put_value("core", core());
	put_value("r0", r0);
	put_value("r1", r1);
	put_value("r2", r2);
	put_value("sctlr", sctlr);
	put_value("cpsr", cpsr);
	put_value("dirt", dirt);
	show_memory();
	watch_peers();
	show_tree((const uint32_t *)r2);
	put_text("witness: done\r\n");
	__asm__ volatile(".arch_extension virt\n\tmov r0, %0\n\thvc #0" ::"r"(PSCI_SYSTEM_OFF)
			 : "r0");
	for (;;)
		__asm__ volatile("wfi");
}
