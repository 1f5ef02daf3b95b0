/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/board.h"
#include "boot/feature/recovery/serial.h"
#include "boot/watchdog.h"
#include "driver/clock.h"

#define QUIET_MS 300
#define DRAIN_MS 5000 /* at most: a line that is never quiet must not hold us */

uint64_t serial_time_in(unsigned wait_ms)
{
	const uint32_t frequency = clock_frequency();

	/* Without a division of 64 bits, which is large. */
	return clock_ticks() + (uint64_t)frequency * (wait_ms / 1000) +
	       (uint64_t)(frequency / 1000) * (wait_ms % 1000);
}

int serial_get_by(uint64_t time)
{
	bool late = clock_ticks() > time;
	int byte = -1;

	while (byte < 0 && !late) { /* what comes before the look at the clock counts */
		late = clock_ticks() > time;
		byte = board_get();
		watchdog_feed();
	}
	return byte;
}

int serial_get(unsigned wait_ms)
{
	return serial_get_by(serial_time_in(wait_ms));
}

void serial_put(struct bytes data)
{
	for (size_t i = 0; i < data.size; i++)
		board_put((char)data.data[i]);
}

void serial_drain(void)
{
	uint64_t end = serial_time_in(DRAIN_MS);

	while (serial_get(QUIET_MS) >= 0 && clock_ticks() < end)
		;
}
