/* SPDX-License-Identifier: BSD-2-Clause */
/* As pl011_out.S, for AArch64. */
#include BOARD_MEMORY_MAP

#define UART_DR	   0x00
#define UART_FR	   0x18
#define UART_IBRD  0x24
#define UART_FBRD  0x28
#define UART_LCR_H 0x2c
#define UART_CR	   0x30

#define FR_BUSY	      3 /* bits of their numbers */
#define FR_TXFF	      5
#define LCR_H_FIFO_8N (1 << 4 | 3 << 5)
#define CR_ENABLE     (1 << 0 | 1 << 8 | 1 << 9) /* UART, transmitter, receiver */

	.section .text.board_start, "ax"
	.global board_start
	.type	board_start, %function
board_start:
	ldr	x1, =UART_BASE
1:	ldr	w2, [x1, #UART_FR]
	tbnz	w2, #FR_BUSY, 1b		/* what was printed before a fault */
	str	wzr, [x1, #UART_CR]
	mov	w0, #13				/* 24 MHz / (16 · 115200) = 13 + 1/64 */
	str	w0, [x1, #UART_IBRD]
	mov	w0, #1
	str	w0, [x1, #UART_FBRD]
	mov	w0, #LCR_H_FIFO_8N
	str	w0, [x1, #UART_LCR_H]
	mov	w0, #CR_ENABLE
	str	w0, [x1, #UART_CR]
	ret
	.size	board_start, . - board_start

	.section .text.board_put, "ax"
	.global board_put
	.type	board_put, %function
board_put:
	ldr	x1, =UART_BASE
1:	ldr	w2, [x1, #UART_FR]
	tbnz	w2, #FR_TXFF, 1b
	str	w0, [x1, #UART_DR]
	ret
	.size	board_put, . - board_put
