/* SPDX-License-Identifier: BSD-2-Clause */
/* From a vector to exception() in C, with a struct exception_frame (exception.c) on the stack. */
	.syntax unified
	.arm
	.section .text.exception, "ax"

#define MODE_SVC 0x13
#define CPSR_T	 0x20

#define DATA	 3

.macro exception name, number, expected=0
	.global exception_\name
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

	exception undefined, 0, expected=1
	exception svc, 1
	exception prefetch, 2
	exception data, DATA, expected=1
	exception irq, 4
	exception fiq, 5

exception_common:
	stmib	sp, {r1-r12}
	cmp	r0, #DATA
	sub	lr, lr, #4			/* how far it is behind what it is about */
	subeq	lr, lr, #4			/* (ARM DDI 0406C, B1.8.3) */
	mrs	r4, spsr
	mrs	r5, cpsr
	mov	r1, sp
	cmp	r0, #1
	bhi	1f
	tst	r4, #CPSR_T
	addne	lr, lr, #2			/* undefined, svc: in Thumb state 2 behind, not 4 */
1:
	str	lr, [r1, #60]
	str	r4, [r1, #64]
	/* The loader only ever runs in Supervisor mode: its sp and lr are the interrupted ones. */
	cps	#MODE_SVC
	mov	r2, sp
	mov	r3, lr
	msr	cpsr_c, r5
	str	r2, [r1, #52]
	str	r3, [r1, #56]
	bl	exception
	b	arch_park
