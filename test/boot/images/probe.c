/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What test/bench/bench.py puts into the kernel's place: says when it was entered, by the board's
 * clock, and what the peers' trace buffers hold; all by the loader's own drivers.
 */
#include "boot/board.h"
#include "driver/clock.h"
#include "test/boot/images/processor.h"

#include BOARD_MEMORY_MAP

void run(void);
ENTRY(run)

static void put_text(const char *text)
{
	while (*text)
		board_put(*text++);
}

void run(void)
{
	uint64_t ticks = clock_ticks();

	put_text("\nprobe: linux at tick 0x");
	for (int shift = 60; shift >= 0; shift -= 4)
		board_put("0123456789abcdef"[ticks >> shift & 0xf]);
	put_text("\nprobe: trace b\n");
	put_text((const char *)TRACE_B_BASE);
	put_text("\nprobe: trace c\n");
	put_text((const char *)TRACE_C_BASE);
	put_text("\nprobe: done\n");
	for (;;)
		__asm__ volatile("wfi");
}
