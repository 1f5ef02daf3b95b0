/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores: the SoC's reset controller. Doorbells: its GIC. Nothing switches the board off. */
#include "arch/arch.h"
#include "boot/board.h"
#include "driver/imx_src.h"
#include "driver/imx_uart.h"
#include "driver/imx_wdog.h"
#include "driver/power.h"

int board_core_start(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		     struct error *e)
{
	return imx_src_core_start(core, entry, thumb, argument, e);
}

bool board_core_is_off(core_id_t core)
{
	return imx_src_core_is_off(core);
}

void board_core_off(void)
{
	imx_src_core_off(arch_core());
	arch_park();
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
