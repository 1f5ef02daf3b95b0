/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy() by NEON, 64 bytes a round, any alignment: half of newlib's instructions on long copies
 * at a tenth of its size. Normal memory only, as everything that the loader copies.
 */
	.syntax unified
	.thumb

	.section .text.memcpy, "ax"
	.global memcpy
	.type	memcpy, %function
	.thumb_func
memcpy:
	mov	r12, r0
	subs	r2, r2, #64
	blo	2f
1:	vld1.8	{d16-d19}, [r1]!
	vld1.8	{d20-d23}, [r1]!
	vst1.8	{d16-d19}, [r12]!
	vst1.8	{d20-d23}, [r12]!
	subs	r2, r2, #64
	bhs	1b
2:	adds	r2, r2, #64 - 8		/* what is left, less 8 */
	bmi	4f
3:	vld1.8	{d16}, [r1]!
	vst1.8	{d16}, [r12]!
	subs	r2, r2, #8
	bpl	3b
4:	adds	r2, r2, #8
	beq	6f
5:	ldrb	r3, [r1], #1
	strb	r3, [r12], #1
	subs	r2, r2, #1
	bne	5b
6:	bx	lr
	.size	memcpy, . - memcpy
