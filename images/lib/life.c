/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/clock.h"
#include "images/lib/life.h"

void life_keep_fed(void)
{
	static bool is_none;
	static uint64_t fed;
	const uint64_t now = clock_ticks();

	if (is_none || (fed && now - fed < clock_frequency() / 10))
		return;
	fed = now;
	is_none = life_feed(0) == LIFE_NOT_SUPPORTED;
}
