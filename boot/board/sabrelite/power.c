/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores: the SoC's reset controller. Its watchdog resets it; nothing switches the board off. */
#include "arch/arch.h"
#include "boot/board.h"
#include "driver/imx_src.h"
#include "driver/imx_uart.h"
#include "driver/imx_wdog.h"
#include "driver/power.h"
#include "driver/watchdog.h"

BOARD_CORE_OPS(&imx_src_ops);

void board_feed_watchdog(unsigned seconds)
{
	imx_wdog_feed(seconds);
}

void board_reset(void)
{
	imx_uart_drain();
	imx_wdog_reset();
}

void board_stop(void)
{
	arch_park();
}
