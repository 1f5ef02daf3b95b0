/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy() for any alignment in normal memory, 32 bytes a round: newlib-nano's goes byte by byte,
 * and message payloads are most of what an image copies.
 */
	.syntax unified
	.arm
	.section .text.memcpy, "ax"
	.global	memcpy
	.type	memcpy, %function
memcpy:
	mov	r12, r0
	subs	r2, r2, #32
	blo	2f
1:	vld1.8	{d0-d3}, [r1]!
	subs	r2, r2, #32
	vst1.8	{d0-d3}, [r12]!
	bhs	1b
2:	tst	r2, #16				/* r2 is the rest - 32: the low bits are right */
	beq	3f
	vld1.8	{d0-d1}, [r1]!
	vst1.8	{d0-d1}, [r12]!
3:	ands	r2, r2, #15
	bxeq	lr				/* nothing odd: done */
	tst	r2, #8
	beq	4f
	vld1.8	{d0}, [r1]!
	vst1.8	{d0}, [r12]!
4:	tst	r2, #4
	ldrne	r3, [r1], #4
	strne	r3, [r12], #4
	tst	r2, #2
	ldrhne	r3, [r1], #2
	strhne	r3, [r12], #2
	tst	r2, #1
	ldrbne	r3, [r1]
	strbne	r3, [r12]
	bx	lr
	.size	memcpy, . - memcpy
