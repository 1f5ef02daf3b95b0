/* SPDX-License-Identifier: BSD-2-Clause */
/* What comes to an i.MX UART, at UART_BASE (i.MX 6Dual/6Quad Reference Manual, 64.15.1). */
#include <stdint.h>

#include "driver/console.h"

#include BOARD_MEMORY_MAP

#define URXD	   (*(volatile uint32_t *)UART_BASE)
#define URXD_READY (1u << 15)

int board_get(void)
{
	uint32_t word = URXD;

	return word & URXD_READY ? (int)(word & 0xff) : -1;
}
