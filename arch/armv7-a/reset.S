/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From reset to C: the vectors, which lie at the start of flash, then stacks, .data, .bss, VFP.
 * The core comes in Supervisor mode, or in Hyp mode where nobody sits below us; Arm state.
 */
	.syntax unified
	.arch_extension virt
	.arm

#include "arch/armv7-a/entry_state.h"
#include "arch/armv7-a/hyp.inc"

#define MODE_FIQ 0x11
#define MODE_IRQ 0x12
#define MODE_ABT 0x17
#define MODE_UND 0x1b

	/* In Hyp mode's place there is no fault, but the way back there (cache.S). */
	.section .vectors, "ax"
	.global vectors
	.balign 32
vectors:
	b	cold_core
	b	exception_undefined
	b	exception_svc
	b	exception_prefetch
	b	exception_data
	bx	r11
	b	exception_irq
	b	exception_fiq

	.section .text.reset, "ax"
	.global reset
	.type	reset, %function
reset:
	ldr	r9, =vectors
	mov	r8, #ENTRY_NON_SECURE
	mrs	r0, cpsr
	and	r0, r0, #0x1f
	cmp	r0, #MODE_HYP
	bne	1f
	mov	r8, #ENTRY_HYP
	mcr	p15, 4, r9, c12, c0, 0		/* HVBAR */
	leave_hyp

	/* Until there are stacks, an undefined instruction or data abort goes on at r10. */
1:	mcr	p15, 0, r9, c12, c0, 0		/* VBAR */
	msr	cpsr_c, #(0xc0 | MODE_ABT)
	mov	sp, #0
	msr	cpsr_c, #(0xc0 | MODE_UND)
	mov	sp, #0
	msr	cpsr_c, #(0xc0 | MODE_SVC)
	isb
	cmp	r8, #ENTRY_HYP
	beq	2f
	adr	r10, 2f
	mrc	p15, 0, r0, c1, c1, 0		/* SCR: undefined but in Secure state */
	mov	r8, #ENTRY_SECURE
2:	msr	cpsr_c, #(0xc0 | MODE_SVC)
	mcr	p15, 0, r8, c13, c0, 4		/* TPIDRPRW */
	mov	r0, #0
	mcr	p15, 0, r0, c13, c0, 2		/* TPIDRURW: no exception yet (exception.c) */
	/* NEON and VFP: hashing and copying use them, and the report of a fault. */
	mrc	p15, 0, r0, c1, c0, 2		/* CPACR */
	orr	r0, r0, #(0xf << 20)
	mcr	p15, 0, r0, c1, c0, 2
	isb
	mov	r0, #(1 << 30)
	vmsr	fpexc, r0
	b	cold_ram

	.global reset_stacks
reset_stacks:
	/* All exceptions share one stack: the first is the last. */
	ldr	r0, =exception_stack_end
	msr	cpsr_c, #(0xc0 | MODE_FIQ)
	mov	sp, r0
	msr	cpsr_c, #(0xc0 | MODE_IRQ)
	mov	sp, r0
	msr	cpsr_c, #(0xc0 | MODE_ABT)
	mov	sp, r0
	msr	cpsr_c, #(0xc0 | MODE_UND)
	mov	sp, r0
	msr	cpsr_c, #(0xc0 | MODE_SVC)
	ldr	sp, =stack_end

	/* .data from flash, .bss cleared: both aligned to 8 by the linker script. */
	ldr	r0, =data_start
	ldr	r1, =data_end
	ldr	r2, =data_load
	b	2f
1:	ldrd	r4, r5, [r2], #8
	strd	r4, r5, [r0], #8
2:	cmp	r0, r1
	blo	1b
	ldr	r1, =bss_end
	mov	r4, #0
	mov	r5, #0
	b	2f
1:	strd	r4, r5, [r0], #8
2:	cmp	r0, r1
	blo	1b

	cpsie	a				/* what reports it is there now */
	bl	cache_invalidate_l1		/* not every core does that by itself at reset */
	bl	mmu_start
	bl	boot_main
	b	arch_park
	.size	reset, . - reset
