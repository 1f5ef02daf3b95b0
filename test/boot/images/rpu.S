/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * On a core whose vectors are shared, and lead to 4 * n bytes behind the entry: it leaves the
 * witness a mark, as peer.c does, behind an exception that has to come back here as it was. MARK:
 * where in RAM.
 */
	.syntax unified
	.arm

	.section .text.entry, "ax"
	.global _start
_start:
	b	reset
	b	undefined
	.rept	6
	b	.
	.endr

reset:	ldr	r4, =MARK
	mov	r5, r0				/* the argument */
	ldr	r0, =0x12345678
	mov	r6, #0
	subs	r7, r6, #1			/* flags: N */
	udf	#0
	bpl	.
	ldr	r1, =0x12345678
	cmp	r0, r1
	bne	.
	cmp	r6, #1
	bne	.
	mrc	p15, 0, r1, c0, c0, 5
	ldr	r0, =0xa11fe100			/* ALIVE, ZEROED */
	uxtab	r0, r0, r1
	str	r5, [r4, #4]
	dmb
	str	r0, [r4]
1:	yield
	b	1b

/* Back to behind the instruction, which is one word. */
undefined:
	add	r6, r6, #1
	movs	pc, lr
	.ltorg
