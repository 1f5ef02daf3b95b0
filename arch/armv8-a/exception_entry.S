/* SPDX-License-Identifier: BSD-2-Clause */
/* From a vector to exception() in C, with a struct exception_frame (exception.c). */
#include "arch/armv8-a/level.inc"

#define FRAME 288

.macro vector number
	.balign 128
	sub	sp, sp, #FRAME
	stp	x0, x1, [sp]
	mov	x0, #\number
	b	exception_common
.endm

	/*
	 * With SP_EL0, as the loader runs, then with SP_ELx: in an exception, or while there are no
	 * stacks. Below us there is nobody to come from, so the rest of the table is other code.
	 */
	.section .text.exception_vectors, "ax"
	.balign	2048
	.global exception_vectors
exception_vectors:
	vector	0
	vector	1
	vector	2
	vector	3
	.balign	128
	mov	x16, sp
	cbz	x16, 1f				/* there are no stacks: cold.S tries something */
	mov	x0, #0
	b	again
1:	br	x10
	.balign	128
	b	again
	.balign	128
	b	again
	.balign	128
again:	mov	x1, sp				/* the first one's frame: it is not looked at */
	bl	exception

	.section .text.exception_common, "ax"
exception_common:
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x19, [sp, #144]
	stp	x20, x21, [sp, #160]
	stp	x22, x23, [sp, #176]
	stp	x24, x25, [sp, #192]
	stp	x26, x27, [sp, #208]
	stp	x28, x29, [sp, #224]
	mrs	x1, sp_el0
	stp	x30, x1, [sp, #240]
	el_read	x2, elr
	el_read	x3, spsr
	el_read	x4, esr
	el_read	x5, far
	stp	x2, x3, [sp, #256]
	stp	x4, x5, [sp, #272]
	mov	x1, sp
	bl	exception
