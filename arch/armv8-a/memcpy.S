/* SPDX-License-Identifier: BSD-2-Clause */
/* memcpy(), 64 bytes a round, any alignment, upwards. Normal memory only: loader and images. */
	.section .text.memcpy, "ax"
	.global memcpy
	.type	memcpy, %function
memcpy:
	mov	x3, x0
	subs	x2, x2, #64
	b.lo	2f
1:	ldp	q0, q1, [x1], #32
	ldp	q2, q3, [x1], #32
	stp	q0, q1, [x3], #32
	stp	q2, q3, [x3], #32
	subs	x2, x2, #64
	b.hs	1b
2:	adds	x2, x2, #64 - 8		/* what is left, less 8 */
	b.mi	4f
3:	ldr	x4, [x1], #8
	str	x4, [x3], #8
	subs	x2, x2, #8
	b.pl	3b
4:	adds	x2, x2, #8
	b.eq	6f
5:	ldrb	w4, [x1], #1
	strb	w4, [x3], #1
	subs	x2, x2, #1
	b.ne	5b
6:	ret
	.size	memcpy, . - memcpy
