/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * void image_restart(void): to the entry point, with the core as it was when it came there first.
 * Own memory is cleaned by address, which reaches RAM whatever caches there are and is nobody
 * else's matter. Shared memory is never cached.
 */
	.syntax unified
	.arm

	.section .text.image_restart, "ax"
	.global image_restart
	.type	image_restart, %function
image_restart:
	cpsid	ai
	mrc	p15, 0, r0, c1, c0, 0		/* SCTLR */
	bic	r0, r0, #(1 << 2)		/* no new lines in the data caches */
	mcr	p15, 0, r0, c1, c0, 0
	dsb
	isb
	mrc	p15, 0, r1, c0, c0, 1		/* CTR */
	ubfx	r1, r1, #16, #4			/* log2 of words in the shortest data line */
	mov	r2, #4
	lsl	r2, r2, r1
	ldr	r3, =private_start
	ldr	r4, =private_end
1:	mcr	p15, 0, r3, c7, c14, 1		/* DCCIMVAC */
	add	r3, r3, r2
	cmp	r3, r4
	blo	1b
	dsb
	bic	r0, r0, #(1 << 0)		/* MMU; the map is flat, so we go on here */
	bic	r0, r0, #(1 << 11)		/* branch prediction */
	bic	r0, r0, #(1 << 12)		/* instruction cache */
	mcr	p15, 0, r0, c1, c0, 0
	isb
	b	_start				/* invalidates what is left: L1, TLB, prediction */
	.size	image_restart, . - image_restart
