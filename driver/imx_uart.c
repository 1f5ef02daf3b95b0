/* SPDX-License-Identifier: BSD-2-Clause */
/* i.MX's UART at UART_BASE (i.MX 6Dual/6Quad Reference Manual, 64.15): all but what is printed. */
#include <stdint.h>

#include "driver/clock.h"
#include "driver/console.h"
#include "driver/imx_uart.h"

#include BOARD_MEMORY_MAP

#define REGISTER(offset) (*(volatile uint32_t *)(UART_BASE + (offset)))
#define URXD		 REGISTER(0)
#define URXD_READY	 (1u << 15)
#define USR2		 REGISTER(0x98)
#define USR2_SENT	 (1u << 3)
#define UTS		 REGISTER(0xb4)
#define UTS_FULL	 (1u << 4)

bool board_has_room(void)
{
	return !(UTS & UTS_FULL);
}

int board_get(void)
{
	uint32_t word = URXD;

	return word & URXD_READY ? (int)(word & 0xff) : -1;
}

void imx_uart_drain(void)
{
	const uint64_t start = clock_ticks();
	const uint32_t enough = clock_frequency() / 10;

	while (!(USR2 & USR2_SENT) && clock_ticks() - start < enough)
		;
}
