/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/clock.h"
#include "images/lib/doorbell.h"

#define UNKNOWN_PATIENCE 50000 /* ticks: less than wanted on a clock faster than 1 MHz */

void doorbell_wait(uint64_t deadline)
{
	const uint64_t now = clock_ticks();
	uint32_t ticks = clock_frequency() / 1000 * DOORBELL_PATIENCE_MS;

	/*
	 * Nothing ends a sleep while nothing gets through, the alarm neither: a loader that has
	 * left it so, Linux on its way up or down. Then poll.
	 */
	if (deadline <= now || !doorbell_wakes())
		return;
	if (!ticks)
		ticks = UNKNOWN_PATIENCE;
	if (deadline - now < ticks)
		ticks = (uint32_t)(deadline - now);
	alarm_start(ticks);
	/*
	 * The interrupt stays masked in the core, which it wakes all the same; clearing is later.
	 */
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
	alarm_stop();
}
