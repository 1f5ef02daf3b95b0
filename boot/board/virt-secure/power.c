/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores are the monitor's; power is two lines of the Secure GPIO controller. */
#include "arch/arch.h"
#include "boot/board.h"
#include BOARD_MEMORY_MAP
#include "boot/feature/monitor.h"
#include "driver/pl011.h"
#include "driver/pl061.h"

BOARD_CORE_OPS(&monitor_core_ops);

void board_reset(void)
{
	pl011_drain();
	pl061_raise(SECURE_GPIO_BASE, 1);
	arch_park();
}

void board_stop(void)
{
	pl011_drain();
	pl061_raise(SECURE_GPIO_BASE, 0);
	arch_park();
}
