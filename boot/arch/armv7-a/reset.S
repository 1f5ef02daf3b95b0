/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From reset to C: the vectors, which lie at the start of flash, then stacks, .data, .bss, VFP.
 * The core comes in Supervisor mode, or in Hyp mode where nobody sits below us; Arm state.
 */
	.syntax unified
	.arch_extension virt
	.arm

#define MODE_FIQ 0x11
#define MODE_IRQ 0x12
#define MODE_SVC 0x13
#define MODE_ABT 0x17
#define MODE_HYP 0x1a
#define MODE_UND 0x1b
#define MASK_ALL 0x1c0		/* A, I and F */

	.section .vectors, "ax"
	.global vectors
	.balign 32
vectors:
	b	reset
	b	exception_undefined
	b	exception_svc
	b	exception_prefetch
	b	exception_data
	b	exception_hyp
	b	exception_irq
	b	exception_fiq

	.section .text.reset, "ax"
	.global reset
	.type	reset, %function
reset:
	/*
	 * Hyp mode has other page tables and vectors, and what comes next expects the PSCI of
	 * somebody below us. No board of ours starts so: stay here, where a debugger shows it.
	 */
	mrs	r0, cpsr
	and	r0, r0, #0x1f
	cmp	r0, #MODE_HYP
1:	wfieq
	beq	1b

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
	cpsie	a

	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 0		/* VBAR */

	/* NEON and VFP: hashing and copying use them. */
	mrc	p15, 0, r0, c1, c0, 2		/* CPACR */
	orr	r0, r0, #(0xf << 20)
	mcr	p15, 0, r0, c1, c0, 2
	isb
	mov	r0, #(1 << 30)
	vmsr	fpexc, r0

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

	bl	cache_invalidate_l1		/* not every core does that by itself at reset */
	bl	mmu_start
	bl	boot_main
	b	arch_park
	.size	reset, . - reset
