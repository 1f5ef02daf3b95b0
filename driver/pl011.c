/* SPDX-License-Identifier: BSD-2-Clause */
/* The console's other half; pl011_out.S has what works without a stack. */
#include <stdint.h>

#include "driver/console.h"
#include "driver/pl011.h"

#include BOARD_MEMORY_MAP

#define UART(offset) (*(volatile uint32_t *)(UART_BASE + (offset)))
#define UART_DR	     UART(0x00)
#define UART_FR	     UART(0x18)

#define FR_BUSY (1u << 3)
#define FR_RXFE (1u << 4)
#define FR_TXFF (1u << 5)

bool board_has_room(void)
{
	return !(UART_FR & FR_TXFF);
}

int board_get(void)
{
	return UART_FR & FR_RXFE ? -1 : (int)(UART_DR & 0xff);
}

void pl011_drain(void)
{
	while (UART_FR & FR_BUSY)
		;
}
