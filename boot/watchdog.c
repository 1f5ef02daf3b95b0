/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/features.h"
#include "boot/watchdog.h"
#include "driver/watchdog.h"

__attribute__((weak)) void board_feed_watchdog(unsigned seconds)
{
	(void)seconds;
}

void watchdog_feed(void)
{
	board_feed_watchdog(features->watchdog_s);
}
