/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console: i.MX's UART (i.MX 6Dual/6Quad Reference Manual, chapter 64) at UART_BASE, 115200 8N1
 * from 80 MHz. Without a stack: driver/console.h.
 */
	.syntax unified
	.thumb

#include BOARD_MEMORY_MAP

#define UTXD	0x40
#define UCR1	0x80
#define UCR2	0x84
#define UCR3	0x88
#define UFCR	0x90
#define USR2	0x98
#define UBIR	0xa4
#define UBMR	0xa8
#define UTS	0xb4

#define UCR1_ENABLE 1
#define UCR2_ON	    (1 << 14 | 1 << 5 | 1 << 2 | 1 << 1 | 1 << 0)	/* 8 bits, no RTS */
#define UCR3_MUXED  (1 << 2)
#define UFCR_1	    (5 << 7)			/* the clock as it is */
#define USR2_SENT   3				/* bit: nothing is left to be sent */
#define UTS_FULL    4				/* bit: no room to send to */

	.section .text.board_start, "ax"
	.global board_start
	.type	board_start, %function
	.thumb_func
board_start:
	ldr	r1, =UART_BASE
	ldr	r0, [r1, #UCR1]
	lsls	r0, r0, #31
	beq	2f				/* never on yet: nothing is on its way */
1:	ldr	r0, [r1, #USR2]			/* what was printed before a fault */
	lsls	r0, r0, #(31 - USR2_SENT)
	bpl	1b
2:	movs	r0, #UCR1_ENABLE
	str	r0, [r1, #UCR1]
	movw	r0, #UCR2_ON
	str	r0, [r1, #UCR2]
	movs	r0, #UCR3_MUXED
	str	r0, [r1, #UCR3]
	movw	r0, #UFCR_1
	str	r0, [r1, #UFCR]
	movs	r0, #15				/* 80 MHz * (15 + 1) / (16 * (693 + 1)) = 115274 */
	str	r0, [r1, #UBIR]
	movw	r0, #693
	str	r0, [r1, #UBMR]
	bx	lr
	.size	board_start, . - board_start

	.section .text.board_put, "ax"
	.global board_put
	.type	board_put, %function
	.thumb_func
board_put:
	ldr	r1, =UART_BASE
1:	ldr	r2, [r1, #UTS]
	lsls	r2, r2, #(31 - UTS_FULL)
	bmi	1b
	str	r0, [r1, #UTXD]
	bx	lr
	.size	board_put, . - board_put
