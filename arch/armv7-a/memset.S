/* SPDX-License-Identifier: BSD-2-Clause */
/* memset() by NEON, 32 bytes a round, any alignment. Normal memory only, as for memcpy.S. */
	.syntax unified
	.thumb

	.section .text.memset, "ax"
	.global memset
	.type	memset, %function
	.thumb_func
memset:
	mov	r12, r0
	vdup.8	q8, r1
	vdup.8	q9, r1
	subs	r2, r2, #32
	blo	2f
1:	vst1.8	{d16-d19}, [r12]!
	subs	r2, r2, #32
	bhs	1b
2:	adds	r2, r2, #32
	beq	4f
3:	strb	r1, [r12], #1
	subs	r2, r2, #1
	bne	3b
4:	bx	lr
	.size	memset, . - memset
