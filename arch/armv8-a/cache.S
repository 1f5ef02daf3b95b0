/* SPDX-License-Identifier: BSD-2-Clause */
/* The way out, with caches written back, invalid and off (ARM DDI 0487, D7.4, D7.5.9). */

#include "arch/armv8-a/level.inc"

#define HCR_RW	(1 << 31)
#define SCTLR_M (1 << 0)
#define SCTLR_C (1 << 2)
#define SCTLR_I (1 << 12)

/* All sets and ways of data cache level x0 (0 is the first). Uses x1 to x8, no memory. */
	.section .text.level_by_set_way, "ax"
	.type	level_by_set_way, %function
level_by_set_way:
	lsl	x1, x0, #1
	msr	csselr_el1, x1			/* this level's data cache */
	isb
	mrs	x2, ccsidr_el1
	and	x3, x2, #7
	add	x3, x3, #4			/* log2 of bytes a line */
	ubfx	x4, x2, #3, #10			/* ways - 1 */
	ubfx	x2, x2, #13, #15		/* sets - 1 */
	clz	w5, w4				/* where the way's number starts, of 32 bits */
1:	mov	x6, x2
2:	lsl	w7, w4, w5			/* one way: 0, whatever w5 is */
	orr	w7, w7, w1
	lsl	x8, x6, x3
	orr	x7, x7, x8
	dc	cisw, x7
	subs	x6, x6, #1
	b.hs	2b
	subs	x4, x4, #1
	b.hs	1b
	ret
	.size	level_by_set_way, . - level_by_set_way

	/*
	 * All data caches that are this core's, and their sets of what it shares: written back and
	 * invalid. Nothing may be allocating in them. Uses x0 to x8, x12 and x13, no memory.
	 */
	.section .text.caches_clean, "ax"
	.global caches_clean
	.type	caches_clean, %function
caches_clean:
	mov	x13, x30
	mrs	x12, clidr_el1
	mov	x0, #0
3:	add	x1, x0, x0, lsl #1
	lsr	x1, x12, x1
	ands	x1, x1, #7
	b.eq	5f				/* no cache at this level: none above it */
	cmp	x1, #1				/* instructions only */
	b.eq	4f
	bl	level_by_set_way
4:	add	x0, x0, #1
	cmp	x0, #7
	b.lo	3b
5:	dsb	sy
	ret	x13
	.size	caches_clean, . - caches_clean

/* void enter_off(phys_addr_t argument, phys_addr_t entry): see arch_enter(). */
	.section .text.enter_off, "ax"
	.global enter_off
	.type	enter_off, %function
enter_off:
	msr	daifset, #0xf
	msr	spsel, #1
	mov	x10, x0
	mov	x11, x1
	el_read	x0, sctlr
	bic	x0, x0, #SCTLR_C		/* no new lines in the data caches */
	el_write sctlr, x0
	dsb	sy
	isb
	bl	caches_clean
	el_read	x0, sctlr
	bic	x0, x0, #SCTLR_M		/* the map is flat, so we go on here */
	bic	x0, x0, #SCTLR_I
	el_write sctlr, x0
	isb
	mrs	x9, CurrentEL
	tbz	x9, #3, 6f
	tbz	x9, #2, 7f
	tlbi	alle3
	b	8f
6:	tlbi	vmalle1
	b	8f
7:	mov	x0, #HCR_RW			/* as booting.rst and images know it */
	msr	hcr_el2, x0
	tlbi	alle2
8:	ic	iallu
	dsb	sy
	isb
	mov	x0, x10
	mov	x1, #0				/* Linux wants these to be zero */
	mov	x2, #0
	mov	x3, #0
	br	x11
	.size	enter_off, . - enter_off
