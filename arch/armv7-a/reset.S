/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From reset to C: stacks, .data, .bss, VFP. When the core's own state is set up, it goes on
 * at r11: in cold_ram if it boots, in helpers/entry.S if it helps.
 * The core comes in Supervisor mode, or in Hyp mode where nobody sits below us; Arm state.
 */
	.syntax unified
	.arch_extension virt
	.arm

#include "arch/armv7-a/entry_state.h"
#include "arch/armv7-a/hyp.inc"

	.section .text.reset, "ax"
	.global reset
	.type	reset, %function
reset:
	ldr	r11, =cold_ram + 1
	.global reset_core
reset_core:
	add	r0, pc, #1			/* on in Thumb state, which is smaller */
	bx	r0
	.thumb
	cpsid	if
	ldr	r9, =vectors
	movs	r4, #ENTRY_NON_SECURE
	mrs	r0, cpsr
	and	r0, r0, #0x1f
	cmp	r0, #MODE_HYP
	bne	1f
	movs	r4, #ENTRY_HYP
	mcr	p15, 4, r9, c12, c0, 0		/* HVBAR */
	leave_hyp PSR_T

	/* Until there are stacks, an undefined instruction or data abort goes on at r10. */
1:	mcr	p15, 0, r9, c12, c0, 0		/* VBAR */
	movs	r0, #0
	cps	#MODE_ABT
	mov	sp, r0
	cps	#MODE_UND
	mov	sp, r0
	cps	#MODE_SVC
	isb
	cmp	r4, #ENTRY_HYP
	beq	2f
	adr	r10, 2f + 1
	mrc	p15, 0, r0, c1, c1, 0		/* SCR: undefined but in Secure state */
	movs	r4, #ENTRY_SECURE
2:	cps	#MODE_SVC
	mcr	p15, 0, r4, c13, c0, 4		/* TPIDRPRW */
	movs	r0, #0
	mcr	p15, 0, r0, c13, c0, 2		/* TPIDRURW: no exception yet (exception.c) */
	/* NEON and VFP: hashing and copying use them, and the report of a fault. */
	mov	r0, #(0xf << 20)
	mcr	p15, 0, r0, c1, c0, 2		/* CPACR */
	isb
	mov	r0, #(1 << 30)
	vmsr	fpexc, r0
	bx	r11
	.size	reset, . - reset

	.global reset_stacks
	.type	reset_stacks, %function
	.thumb_func
reset_stacks:
	stacks	stack_end, exception_stack_end

	/* .data from flash, .bss cleared: both aligned to 8 by the linker script. */
	ldr	r0, =data_start
	ldr	r1, =data_end
	ldr	r2, =data_load
	b	2f
1:	ldmia	r2!, {r4, r5}
	stmia	r0!, {r4, r5}
2:	cmp	r0, r1
	blo	1b
	ldr	r1, =bss_end
	movs	r4, #0
	movs	r5, #0
	movs	r6, #0
	movs	r3, #0
3:	stmia	r0!, {r3-r6}			/* translation tables at least */
	cmp	r0, r1
	blo	3b

	cpsie	a				/* what reports it is there now */
	bl	cache_init
	bl	memory_start
	mov	r0, r7
	bl	boot_main
	.size	reset_stacks, . - reset_stacks
