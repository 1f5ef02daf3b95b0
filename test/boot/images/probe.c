/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What test/bench/bench.py puts into the kernel's place: says when it was entered, by the board's
 * clock, and what the peers' trace buffers hold; all by the loader's own drivers. With a monitor it
 * then has c stopped and started, resets itself, and in its second life says what the monitor did.
 */
#include "base/record_format.h"
#include "base/error.h"
#include "boot/board.h"
#include "driver/clock.h"
#include "images/lib/life.h"
#include "test/boot/images/processor.h"

#include BOARD_MEMORY_MAP

void run(void);
ENTRY(run)

static void put_text(const char *text)
{
	while (*text)
		board_put(*text++);
}

static void put_at(const char *what, uint64_t ticks)
{
	put_text(what);
	put_text(" at tick 0x");
	for (int shift = 60; shift >= 0; shift -= 4)
		board_put("0123456789abcdef"[ticks >> shift & 0xf]);
}

#ifdef MONITOR_BASE
#define SYSTEM_RESET 0x84000009u /* PSCI: of this context alone */
#define C	     2		 /* contexts as the demo has them */

/* Whether there was anything. */
static bool show_monitor(void)
{
	const struct record_header *head = (const void *)RECORD_BASE;
	const struct record_entry *entry = (const void *)(head + 1);
	bool any = false;

	for (uint32_t i = 0; i < head->count; i++) {
		if (entry[i].stage != STAGE_MONITOR)
			continue;
		put_text("\nprobe: monitor: ");
		put_at(entry[i].what, entry[i].ticks);
		any = true;
	}
	return any;
}

static void renew_all(void)
{
	life_stop(C);
	while (life_state(C) != LIFE_STOPPED)
		__asm__ volatile("yield");
	life_start(C);
	while (life_state(C) != LIFE_RUNNING)
		__asm__ volatile("yield");
	put_at("\nprobe: resets itself", clock_ticks());
	image_smc(SYSTEM_RESET, 0, 0, 0);
}
#endif

/* A peer that was let go just before us has not said anything yet: a second is as long as it gets. */
static void put_trace(uintptr_t base)
{
	const volatile char *trace = (const volatile char *)base;
	const uint64_t end = clock_ticks() + clock_frequency();
	unsigned i = 0;

	while (trace[i] != '\n' && clock_ticks() < end)
		if (trace[i])
			i++;
		else
			__asm__ volatile("yield");
	put_text((const char *)base);
}

void run(void)
{
	put_at("\nprobe: linux", clock_ticks());
	put_text("\nprobe: trace b\n");
	put_trace(TRACE_B_BASE);
	put_text("\nprobe: trace c\n");
	put_trace(TRACE_C_BASE);
#ifdef MONITOR_BASE
	if (!show_monitor())
		renew_all();
#endif
	put_text("\nprobe: done\n");
	for (;;)
		__asm__ volatile("wfi");
}
