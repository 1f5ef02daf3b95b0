/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the entry to main(). The core comes from PSCI's CPU_ON (r0: context id, unused) or from a
 * loader's branch: MMU and caches off, Supervisor mode (or Hyp mode where nobody sits below us),
 * Arm state.
 */
	.syntax unified
	.arch_extension virt
	.arm

#include "arch/armv7-a/hyp.inc"

#define MODE_FIQ 0x11
#define MODE_IRQ 0x12
#define MODE_ABT 0x17
#define MODE_UND 0x1b

	.section .text.start, "ax"
	.global _start
	.type	_start, %function
_start:
	mrs	r0, cpsr
	and	r0, r0, #0x1f
	cmp	r0, #MODE_HYP
	bne	1f
	mrc	p15, 0, r1, c0, c1, 1
	lsrs	r1, r1, #28			/* 0: no GIC with registers of the core */
	beq	2f
	mrc	p15, 4, r1, c12, c9, 5		/* ICC_HSRE: SRE, and Enable for other modes */
	orr	r1, r1, #9
	mcr	p15, 4, r1, c12, c9, 5
	isb
2:	leave_hyp
1:	cpsid	aif
	cps	#MODE_SVC
	ldr	sp, =stack_top
	bl	clock_ticks
	mov	r4, r0				/* start_tick below */
	mov	r5, r1
	ldr	r0, =exception_stack_top	/* one stack for all: an exception is the end */
	cps	#MODE_FIQ
	mov	sp, r0
	cps	#MODE_IRQ
	mov	sp, r0
	cps	#MODE_ABT
	mov	sp, r0
	cps	#MODE_UND
	mov	sp, r0
	cps	#MODE_SVC
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR */

	/* A cache may come up with anything in it: invalidate level 1, by set and way. */
	mov	r0, #0
	mcr	p15, 2, r0, c0, c0, 0		/* CSSELR: level 1, data */
	isb
	mrc	p15, 1, r0, c0, c0, 0		/* CCSIDR */
	and	r1, r0, #7
	add	r1, r1, #4			/* log2 of bytes a line */
	ubfx	r2, r0, #3, #10			/* ways - 1 */
	ubfx	r3, r0, #13, #15		/* sets - 1 */
	cmp	r2, #0
	clz	r6, r2				/* where the way's number starts */
	moveq	r6, #0
2:	mov	r7, r3
3:	lsl	r8, r2, r6
	orr	r8, r8, r7, lsl r1
	mcr	p15, 0, r8, c7, c6, 2		/* DCISW */
	subs	r7, r7, #1
	bhs	3b
	subs	r2, r2, #1
	bhs	2b
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU */
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	mcr	p15, 0, r0, c8, c7, 0		/* TLBIALL */
	dsb
	isb

	/* ACTLR.SMP, if nobody has set it for us: before MMU and caches, as these cores want it. */
	mrc	p15, 0, r0, c0, c0, 5		/* MPIDR */
	lsr	r0, r0, #30
	cmp	r0, #2				/* multiprocessing extensions, not a single core */
	bne	4f
	mrc	p15, 0, r0, c1, c0, 1		/* ACTLR; where it can't be written it is set */
	tst	r0, #(1 << 6)
	orreq	r0, r0, #(1 << 6)
	mcreq	p15, 0, r0, c1, c0, 1
	isb
4:
	ldr	r0, =(0xf << 20)		/* CPACR: VFP and NEON for all */
	mcr	p15, 0, r0, c1, c0, 2
	isb
	mov	r0, #(1 << 30)
	vmsr	fpexc, r0

	/* Whoever loaded us has cleared this; a core that is started again finds it all used. */
	ldr	r0, =bss_start
	ldr	r1, =bss_end
	mov	r2, #0
	mov	r3, #0
4:	cmp	r0, r1
	strdlo	r2, r3, [r0], #8
	blo	4b
	ldr	r0, =data_start
	ldr	r1, =data_end
	ldr	r8, =data_load
5:	cmp	r0, r1
	ldrdlo	r2, r3, [r8], #8
	strdlo	r2, r3, [r0], #8
	blo	5b
	ldr	r0, =start_tick
	strd	r4, r5, [r0]			/* kept from the first instructions */

	bl	mmu_enable
	bl	image_main
	.global	stop
	.type	stop, %function
stop:
	cpsid	aif
	wfi
	b	stop
	.size	_start, . - _start

/* ---- exceptions: all are unexpected, interrupts stay masked ---- */

	.align	5
	.type	vectors, %function
vectors:
	b	.
	b	exception_undefined
	b	exception_svc
	b	exception_prefetch
	b	exception_data
	b	.
	b	exception_irq
	b	exception_fiq

.macro exception name, number, back
exception_\name:
	sub	lr, lr, #\back
	push	{r0-r12, lr}			/* struct exception_frame */
	mov	r0, #\number
	b	exception_common
.endm
	exception undefined, 0, 4
	exception svc, 1, 4
	exception prefetch, 2, 4
	exception data, 3, 8
	exception irq, 4, 4
	exception fiq, 5, 4

exception_common:
	mov	r1, sp
	mrs	r2, spsr
	blx	exception
	b	stop

	.section .stack, "aw", %nobits
	.align	3
	.space	8192
stack_top:
	.space	1536
exception_stack_top:

	.section .bss.start_tick, "aw", %nobits
	.align	3
	.global	start_tick
start_tick:
	.space	8
