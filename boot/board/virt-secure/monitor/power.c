/* SPDX-License-Identifier: BSD-2-Clause */
/* As power.c of the loader; the console is not the monitor's. */
#include BOARD_MEMORY_MAP
#include "driver/pl061.h"
#include "monitor/platform.h"

void platform_power(bool again)
{
	pl061_raise(SECURE_GPIO_BASE, again);
	for (;;)
		__asm__ volatile("wfi");
}
