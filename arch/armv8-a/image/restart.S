/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * void image_restart(void): to the entry point, with the core as it was when it came there first.
 * Own memory is cleaned by address, which reaches RAM whatever caches there are and is nobody
 * else's matter. Shared memory is never cached.
 */
#define SCTLR_M (1 << 0)
#define SCTLR_C (1 << 2)
#define SCTLR_I (1 << 12)

	.section .text.image_restart, "ax"
	.global image_restart
	.type	image_restart, %function
image_restart:
	msr	daifset, #0xf
	mrs	x0, sctlr_el1
	bic	x0, x0, #SCTLR_C		/* no new lines in the data caches */
	msr	sctlr_el1, x0
	dsb	sy
	isb
	mrs	x1, ctr_el0
	ubfx	x1, x1, #16, #4			/* log2 of words in the shortest data line */
	mov	x2, #4
	lsl	x2, x2, x1
	ldr	x3, =private_start
	ldr	x4, =private_end
1:	dc	civac, x3
	add	x3, x3, x2
	cmp	x3, x4
	b.lo	1b
	dsb	sy
	bic	x0, x0, #SCTLR_M		/* the map is flat, so we go on here */
	bic	x0, x0, #SCTLR_I
	msr	sctlr_el1, x0
	isb
	b	_start
	.size	image_restart, . - image_restart
