/* SPDX-License-Identifier: BSD-2-Clause */
/* From a vector to exception() in C, with a struct exception_frame (exception.c) on the stack. */
	.syntax unified
	.arm

#include "arch/armv7-a/mode.inc"

#define DATA	 3

.macro exception name, number, expected=0
	.global	exception_\name
	.type	exception_\name, %function
exception_\name:
.if \expected
	cmp	sp, #0				/* reset.S tries something */
	bxeq	r10
.endif
	str	r0, [sp, #-72]!			/* the frame's size, a multiple of 8 */
	mov	r0, #\number
	b	exception_common
	.size	exception_\name, . - exception_\name
.endm

	/*
	 * The loader's vectors lie where the core begins at reset. In Hyp mode's place there is no
	 * fault, but the way back there (cache.S).
	 */
	.section .vectors, "ax"
	.global vectors
	.balign 32
vectors:
	b	cold_core
	b	exception_undefined
	b	exception_svc
	b	exception_prefetch
	b	exception_data
	bx	r11
	b	exception_irq
	b	exception_fiq

	.section .text.exception, "ax"
	exception undefined, 0, expected=1
	exception svc, 1
	exception prefetch, 2
	exception data, DATA, expected=1
	exception irq, 4
	exception fiq, 5

exception_common:
	stmib	sp, {r1-r12}
	cmp	r0, #DATA
	sub	r4, lr, #4			/* how far it is behind what it is about */
	subeq	r4, r4, #4			/* (ARM DDI 0406C, B1.8.3) */
	mrs	r5, spsr
	mrs	r6, cpsr
	mov	r1, sp
	cmp	r0, #1
	bhi	1f
	tst	r5, #PSR_T
	addne	r4, r4, #2			/* undefined, svc: in Thumb state 2 behind, not 4 */
1:
	/* We only ever run in Supervisor mode: its sp and lr are the interrupted ones. */
	cps	#MODE_SVC
	mov	r2, sp
	mov	r3, lr
	msr	cpsr_c, r6
	add	r7, r1, #52
	stm	r7, {r2-r5}			/* sp, lr, pc, cpsr */
	bl	exception
