/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/clock.h"
#include "images/lib/doorbell.h"

#define UNKNOWN_PATIENCE 50000 /* ticks: less than wanted on a clock faster than 1 MHz */

void doorbell_wait(uint64_t deadline)
{
	const uint64_t now = clock_ticks();
	uint32_t ticks = clock_frequency() / 1000 * DOORBELL_PATIENCE_MS;

	if (deadline <= now)
		return;
	if (!ticks)
		ticks = UNKNOWN_PATIENCE;
	if (deadline - now < ticks)
		ticks = (uint32_t)(deadline - now);
	doorbell_sleep(ticks);
}
