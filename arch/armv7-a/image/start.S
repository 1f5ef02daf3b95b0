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

	.section .start, "ax"
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
1:	cpsid	ai				/* FIQs, if any, are a monitor's */
	stacks	stack_top, exception_stack_top
	bl	clock_ticks
	mov	r4, r0				/* start_tick below */
	mov	r5, r1
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR */
	mov	r0, #0
	mcr	p15, 0, r0, c13, c0, 2		/* TPIDRURW: no exception yet (exception.c) */
	bl	cache_init
	ldr	r0, =(0xf << 20)		/* CPACR: VFP and NEON for all */
	mcr	p15, 0, r0, c1, c0, 2
	isb
	mov	r0, #(1 << 30)
	vmsr	fpexc, r0

#include "arch/armv7-a/image/run.inc"
