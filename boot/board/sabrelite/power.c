/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores: the SoC's reset controller. Nothing switches the board off. */
#include "arch/arch.h"
#include "boot/board.h"
#include "driver/imx_src.h"
#include "driver/imx_uart.h"
#include "driver/imx_wdog.h"
#include "driver/power.h"

BOARD_CORE_OPS(&imx_src_ops);

void board_reset(void)
{
	imx_uart_drain();
	imx_wdog_reset();
}

void board_stop(void)
{
	arch_park();
}
