/* SPDX-License-Identifier: BSD-2-Clause */
/* memset(), 32 bytes a round, any alignment. Normal memory only, as for memcpy.S. */
	.section .text.memset, "ax"
	.global memset
	.type	memset, %function
memset:
	mov	x3, x0
	dup	v0.16b, w1
	subs	x2, x2, #32
	b.lo	2f
1:	stp	q0, q0, [x3], #32
	subs	x2, x2, #32
	b.hs	1b
2:	adds	x2, x2, #32
	b.eq	4f
3:	strb	w1, [x3], #1
	subs	x2, x2, #1
	b.ne	3b
4:	ret
	.size	memset, . - memset
