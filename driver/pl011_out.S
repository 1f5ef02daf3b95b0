/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console: an Arm PL011 (DDI 0183) at UART_BASE, 115200 8N1 from a clock of 24 MHz. Without a
 * stack: driver/console.h.
 */
	.syntax unified
	.thumb

#include BOARD_MEMORY_MAP

#define UART_DR	   0x00
#define UART_FR	   0x18
#define UART_IBRD  0x24
#define UART_FBRD  0x28
#define UART_LCR_H 0x2c
#define UART_CR	   0x30

#define FR_BUSY	      (1 << 3)
#define FR_TXFF	      (1 << 5)
#define LCR_H_FIFO_8N (1 << 4 | 3 << 5)
#define CR_ENABLE     (1 << 0 | 1 << 8 | 1 << 9)	/* UART, transmitter, receiver */

/* Until none of @flags is set in the flag register. */
.macro wait_for flags
9:	ldr	r2, [r1, #UART_FR]
	tst	r2, #\flags
	bne	9b
.endm

	.section .text.board_start, "ax"
	.global board_start
	.type	board_start, %function
	.thumb_func
board_start:
	ldr	r1, =UART_BASE
	wait_for FR_BUSY			/* what was printed before a fault */
	movs	r0, #0
	str	r0, [r1, #UART_CR]
	movs	r0, #13				/* 24 MHz / (16 · 115200) = 13 + 1/64 */
	str	r0, [r1, #UART_IBRD]
	movs	r0, #1
	str	r0, [r1, #UART_FBRD]
	movs	r0, #LCR_H_FIFO_8N
	str	r0, [r1, #UART_LCR_H]
	movw	r0, #CR_ENABLE
	str	r0, [r1, #UART_CR]
	bx	lr
	.size	board_start, . - board_start

	.section .text.board_put, "ax"
	.global board_put
	.type	board_put, %function
	.thumb_func
board_put:
	ldr	r1, =UART_BASE
	wait_for FR_TXFF
	str	r0, [r1, #UART_DR]
	bx	lr
	.size	board_put, . - board_put
