/* SPDX-License-Identifier: BSD-2-Clause */
/* Caches by set and way, and the way out with all of them off (ARM DDI 0406C, B2.2.4, B3.18.6). */
	.syntax unified
	.arch_extension virt
	.thumb

#include "arch/armv7-a/entry_state.h"

#define SCTLR_REST (1 << 0 | 1 << 11 | 1 << 12) /* MMU, branch prediction, instruction cache */

/*
 * All sets and ways of data cache level r0 (0 is the first): written back and invalid, or where r12
 * is 0 only invalid. Uses r1 to r6, no memory.
 */
	.section .text.level_by_set_way, "ax"
	.type	level_by_set_way, %function
	.thumb_func
level_by_set_way:
	lsls	r1, r0, #1
	mcr	p15, 2, r1, c0, c0, 0		/* CSSELR: this level's data cache */
	isb
	mrc	p15, 1, r2, c0, c0, 0		/* CCSIDR */
	and	r3, r2, #7
	adds	r3, r3, #4			/* log2 of bytes a line */
	ubfx	r4, r2, #3, #10			/* ways - 1 */
	ubfx	r2, r2, #13, #15		/* sets - 1 */
	lsls	r2, r2, r3
	movs	r6, #1
	lsls	r3, r6, r3			/* bytes a line */
	clz	r5, r4				/* where the way's number starts */
1:	lsl	r6, r4, r5			/* one way: 0, whatever r5 is */
	orrs	r6, r6, r1
	orrs	r6, r6, r2
	cmp	r12, #0
	ite	eq
	mcreq	p15, 0, r6, c7, c6, 2		/* DCISW */
	mcrne	p15, 0, r6, c7, c14, 2		/* DCCISW */
	subs	r4, r4, #1
	bhs	1b
	/* next set: ways again */
	mrc	p15, 1, r6, c0, c0, 0
	ubfx	r4, r6, #3, #10
	subs	r2, r2, r3
	bhs	1b
	bx	lr
	.size	level_by_set_way, . - level_by_set_way

	/*
	 * Before MMU and caches. ACTLR.SMP comes first (Cortex-A7, -A9, -A15, -A17), if nobody set
	 * it: without it what invalidates by address does not reach other cores' caches.
	 */
	.section .text.cache_init, "ax"
	.global cache_init
	.type	cache_init, %function
	.thumb_func
cache_init:
	push	{r4-r6, lr}			/* caches are off: this goes to RAM */
	mrc	p15, 0, r0, c0, c0, 5		/* MPIDR */
	lsrs	r0, r0, #30
	cmp	r0, #2				/* multiprocessing extensions, not a single core */
	bne	1f
	mrc	p15, 0, r0, c1, c0, 1		/* ACTLR; where it can't be written it is set */
	lsls	r1, r0, #31 - 6
	bmi	1f
	orr	r0, r0, #(1 << 6)
	mcr	p15, 0, r0, c1, c0, 1
	isb
1:	movs	r0, #0				/* level 1 may come up with anything in it */
	mov	r12, r0
	bl	level_by_set_way
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU */
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	dsb
	isb
	pop	{r4-r6, pc}
	.size	cache_init, . - cache_init

	/*
	 * All that the caches of this core hold goes to RAM; then they and the MMU are off. The
	 * map is flat, so it goes on here. Uses r0 to r8, r12, no memory.
	 */
	.section .text.caches_off, "ax"
	.global caches_off
	.type	caches_off, %function
	.thumb_func
caches_off:
	mov	r8, lr
	mrc	p15, 0, r0, c1, c0, 0		/* SCTLR */
	bic	r0, r0, #(1 << 2)		/* no new lines in the data caches */
	mcr	p15, 0, r0, c1, c0, 0
	dsb
	isb
	mrc	p15, 1, r7, c0, c0, 1		/* CLIDR */
	mov	r12, #1
	movs	r0, #0
3:	add	r1, r0, r0, lsl #1
	lsr	r1, r7, r1
	ands	r1, r1, #7			/* no cache at this level: none above it */
	beq	5f
	cmp	r1, #1				/* instructions only */
	beq	4f
	bl	level_by_set_way
4:	adds	r0, r0, #1
	cmp	r0, #7
	blo	3b
5:	dsb
	mrc	p15, 0, r0, c1, c0, 0
	movw	r1, #SCTLR_REST
	bics	r0, r0, r1
	mcr	p15, 0, r0, c1, c0, 0
	isb
	movs	r0, #0
	mcr	p15, 0, r0, c8, c7, 0		/* TLBIALL */
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU */
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	dsb
	isb
	bx	r8
	.size	caches_off, . - caches_off

/* void enter_off(uint32_t r0, uint32_t r1, uint32_t r2, uint32_t entry): see arch_enter(). */
	.section .text.enter_off, "ax"
	.global enter_off
	.type	enter_off, %function
	.thumb_func
enter_off:
	cpsid	aif
	push	{r0-r3}
	bl	caches_off
	pop	{r0-r2, r11}
	mrc	p15, 0, r3, c13, c0, 4		/* TPIDRPRW */
	cmp	r3, #ENTRY_HYP
	beq	6f
	bx	r11
6:	hvc	#0				/* to r11 in Hyp mode (exception_entry.S) */
	.size	enter_off, . - enter_off
