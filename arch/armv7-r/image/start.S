/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the entry to main(). The core comes from reset, by the code at 0 that leads it here, and so
 * will its exceptions (arch/armv7-r/vectors.h): Supervisor mode, Arm state, MPU and caches off.
 */
	.syntax unified
	.arm

#include "arch/armv7-a/mode.inc"

	.section .start, "ax"
	.global _start
	.type	_start, %function
_start:
	b	start
	b	exception_undefined
	b	exception_svc
	b	exception_prefetch
	b	exception_data
	b	.				/* none */
	b	exception_irq
	b	exception_fiq

start:
	cpsid	aif
	mrc	p15, 0, r0, c1, c0, 0		/* SCTLR */
	bic	r0, r0, #(1 << 30)		/* exceptions: in Arm state, */
	bic	r0, r0, #(1 << 25)		/* little-endian, */
	bic	r0, r0, #(1 << 13)		/* at 0 */
	bic	r0, r0, #(1 << 12)		/* caches, alignment checks, MPU: off */
	bic	r0, r0, #7
	mcr	p15, 0, r0, c1, c0, 0
	isb
	/* Caches may come up with anything in them (ARM DDI 0460, 4.3 and 8.5). */
	mov	r0, #0
	mcr	p15, 0, r0, c15, c5, 0		/* all of the data cache: invalid */
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU */
	mcr	p15, 0, r0, c7, c5, 6		/* BPIALL */
	dsb
	isb
	mcr	p15, 0, r0, c13, c0, 2		/* TPIDRURW: no exception yet (exception.c) */
	stacks	stack_top, exception_stack_top
	ldr	r0, =(0xf << 20)		/* CPACR: VFP for all */
	mcr	p15, 0, r0, c1, c0, 2
	isb
	mov	r0, #(1 << 30)
	vmsr	fpexc, r0
	bl	clock_start
	bl	clock_ticks
	mov	r4, r0				/* start_tick below */
	mov	r5, r1

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
	cpsid	ai
	wfi
	b	stop
	.size	_start, . - _start

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
