/* SPDX-License-Identifier: BSD-2-Clause */
/* The console: an Arm PL011 (DDI 0183), 115200 8N1 from QEMU's 24 MHz clock. */
#include <stdint.h>

#include "boot/board.h"
#include "boot/board/virt/memory_map.h"
#include "boot/board/virt/console.h"

#define UART(offset) (*(volatile uint32_t *)(UART_BASE + (offset)))
#define UART_DR	     UART(0x00)
#define UART_FR	     UART(0x18)
#define UART_IBRD    UART(0x24)
#define UART_FBRD    UART(0x28)
#define UART_LCR_H   UART(0x2c)
#define UART_CR	     UART(0x30)

#define FR_BUSY	      (1u << 3)
#define FR_RXFE	      (1u << 4)
#define FR_TXFF	      (1u << 5)
#define LCR_H_FIFO_8N (1u << 4 | 3u << 5)
#define CR_ENABLE     (1u << 0 | 1u << 8 | 1u << 9) /* UART, transmitter, receiver */

void board_start(void)
{
	UART_CR = 0;
	UART_IBRD = 13; /* 24 MHz / (16 · 115200) = 13 + 1/64 */
	UART_FBRD = 1;
	UART_LCR_H = LCR_H_FIFO_8N;
	UART_CR = CR_ENABLE;
}

void board_put(char c)
{
	while (UART_FR & FR_TXFF)
		;
	UART_DR = (uint8_t)c;
}

int board_get(void)
{
	return UART_FR & FR_RXFE ? -1 : (int)(UART_DR & 0xff);
}

void virt_console_drain(void)
{
	while (UART_FR & FR_BUSY)
		;
}
