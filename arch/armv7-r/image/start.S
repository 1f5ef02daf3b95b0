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

#include "arch/armv7-a/image/run.inc"
