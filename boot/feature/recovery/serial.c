/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/arch.h"
#include "boot/board.h"
#include "boot/feature/recovery/serial.h"

#define QUIET_MS 300
#define DRAIN_MS 5000 /* at most: a line that is never quiet must not hold us */

static uint64_t ticks_of(unsigned ms)
{
	return (uint64_t)arch_tick_frequency() * ms / 1000;
}

int serial_get(unsigned wait_ms)
{
	uint64_t start = arch_ticks(), limit = ticks_of(wait_ms);
	bool late;
	int byte;

	do { /* what came before the look at the clock counts */
		late = arch_ticks() - start > limit;
		byte = board_get();
	} while (byte < 0 && !late);
	return byte;
}

void serial_put(struct bytes data)
{
	for (size_t i = 0; i < data.size; i++)
		board_put((char)data.data[i]);
}

void serial_drain(void)
{
	uint64_t start = arch_ticks(), limit = ticks_of(DRAIN_MS);

	while (serial_get(QUIET_MS) >= 0 && arch_ticks() - start < limit)
		;
}
