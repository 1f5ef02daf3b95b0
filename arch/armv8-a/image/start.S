/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the entry to main(). The core comes from PSCI's CPU_ON (x0: context id, unused) or from a
 * loader's branch: MMU and caches off, at EL1, or at EL2 where nobody sits below us.
 *
 * The image's stack is SP_EL0; SP_EL1 is that of an exception, which is the end.
 */
#define SCTLR_ONES  0x30d00800	/* what is always one */
#define HCR_RW	    (1 << 31)	/* EL1 is AArch64 */
#define CNTHCTL_EL1 3		/* the physical counter and timer are EL1's, too */
#define CPTR_NONE   0x33ff	/* no traps; these bits are one always */
#define CPACR_SIMD  (3 << 20)
#define SPSR_EL1    0x3c5	/* EL1, with SP_EL1, all masked */
#define TCB	    16		/* what is between the thread pointer and errno (AAELF64, 7.3) */

	.section .start, "ax"
	.global _start
	.type	_start, %function
_start:
	ldr	x0, =SCTLR_ONES
	msr	sctlr_el1, x0
	mrs	x1, CurrentEL
	tbz	x1, #3, 1f
	/* From EL2: nothing that we do shall come here again, ids are the core's own. */
	mov	x0, #HCR_RW
	msr	hcr_el2, x0
	mov	x0, #CNTHCTL_EL1
	msr	cnthctl_el2, x0
	msr	cntvoff_el2, xzr
	mov	x0, #CPTR_NONE
	msr	cptr_el2, x0
	mrs	x0, midr_el1
	msr	vpidr_el2, x0
	mrs	x0, mpidr_el1
	msr	vmpidr_el2, x0
	mrs	x0, id_aa64pfr0_el1
	tst	x0, #(0xf << 24)		/* 0: no GIC with registers of the core */
	b.eq	2f
	mrs	x0, icc_sre_el2
	orr	x0, x0, #(1 << 0)		/* SRE */
	orr	x0, x0, #(1 << 3)		/* Enable: for EL1, too */
	msr	icc_sre_el2, x0
	isb
2:	mov	x0, #SPSR_EL1
	msr	spsr_el2, x0
	adr	x0, 1f
	msr	elr_el2, x0
	eret

1:	msr	daifset, #0xf
	msr	spsel, #1
	ldr	x0, =exception_stack_top
	mov	sp, x0
	msr	spsel, #0
	ldr	x0, =stack_top
	mov	sp, x0
	ldr	x0, =exception_vectors
	msr	vbar_el1, x0
	mov	x0, #CPACR_SIMD
	msr	cpacr_el1, x0
	ldr	x0, =tls_start
	sub	x0, x0, #TCB
	msr	tpidr_el0, x0
	msr	tpidr_el1, xzr			/* no exception yet (exception.c) */
	isb
	bl	clock_ticks
	mov	x19, x0				/* start_tick below */

	/* Whoever loaded us has cleared this; a core that is started again finds it all used. */
	ldr	x0, =bss_start
	ldr	x1, =bss_end
2:	cmp	x0, x1
	b.hs	3f
	str	xzr, [x0], #8
	b	2b
3:	ldr	x0, =data_start
	ldr	x1, =data_end
	ldr	x2, =data_load
4:	cmp	x0, x1
	b.hs	5f
	ldr	x3, [x2], #8
	str	x3, [x0], #8
	b	4b
5:	ldr	x0, =start_tick
	str	x19, [x0]			/* kept from the first instructions */

	bl	mmu_enable
	bl	image_main
	.global	stop
	.type	stop, %function
stop:
	msr	daifset, #0xf
	wfi
	b	stop
	.size	_start, . - _start

	.section .stack, "aw", %nobits
	.align	4
	.space	8192
stack_top:
	.space	4096
exception_stack_top:

	.section .bss.start_tick, "aw", %nobits
	.align	3
	.global	start_tick
start_tick:
	.space	8
