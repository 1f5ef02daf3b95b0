/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The monitor's way in and out: Monitor mode (ARM DDI 0406C, B1.5, B1.9). Cores come from reset,
 * from the loader, or out of their contexts by SMC and FIQ, and leave to where monitor_main() says.
 */
	.syntax unified
	.arch_extension sec
	.arch_extension virt
	.arm

#include "arch/armv7-a/mode.inc"

#define MODE_MON   0x16
#define STACK_LOG2 11
#define CORES	   8
#define CONFIG_IDS 8			/* of struct monitor_config: monitor/main.c */

#define SCR_NS	1
#define SCR_FIQ 4	/* FIQs come here; with FW 0 the other world can't mask them */

	.section .head, "ax"
	.global monitor_head
monitor_head:
	b	monitor_start
	.word	0
	.word	monitor_config
	.word	monitor_handover

	.text
monitor_start:
	cpsid	aif, #MODE_MON
	ldr	r0, =monitor_config
	ldr	r1, [r0], #CONFIG_IDS		/* how many cores there are; then their ids */
	mrc	p15, 0, r2, c0, c0, 5		/* MPIDR */
	bic	r2, r2, #0xff000000
	mov	r4, #0
1:	cmp	r4, r1
	bhs	nobody
	ldr	r3, [r0, r4, lsl #2]
	cmp	r3, r2
	addne	r4, r4, #1
	bne	1b
	ldr	r0, =stacks
	add	r1, r4, #1
	add	sp, r0, r1, lsl #STACK_LOG2
	mov	r0, #0
	mcr	p15, 0, r0, c1, c1, 0		/* SCR */
	ldr	r0, =vectors
	mcr	p15, 0, r0, c12, c0, 1		/* MVBAR */
	mrc	p15, 0, r0, c1, c1, 2		/* NSACR: VFP, NEON, ACTLR.SMP for all */
	orr	r0, r0, #0xc00
	orr	r0, r0, #(1 << 18)
	mcr	p15, 0, r0, c1, c1, 2
	mrc	p15, 0, r0, c0, c1, 1		/* ID_PFR1: with Hyp mode there is an offset */
	tst	r0, #(0xf << 12)
	beq	2f
	mov	r0, #SCR_NS			/* which is reached from here with this alone */
	mov	r1, #0
	mcr	p15, 0, r0, c1, c1, 0
	isb
	mcrr	p15, 4, r1, r1, c14		/* CNTVOFF */
	mcr	p15, 0, r1, c1, c1, 0
2:	isb
	bl	cache_init
	mrc	p15, 0, r0, c0, c0, 0		/* MIDR */
	ubfx	r0, r0, #4, #12
	movw	r1, #0xc0f
	cmp	r0, r1				/* Cortex-A15: ACTLR.IBE, for Linux's sake */
	mrceq	p15, 0, r0, c1, c0, 1
	orreq	r0, r0, #1
	mcreq	p15, 0, r0, c1, c0, 1
	mov	r0, r4
	b	home

nobody:
	wfi
	b	nobody

	/* Nobody's code runs on this core any more, r0: what it has written goes to RAM. */
leave:
	mov	r9, r0
	bl	caches_off
	mov	r0, r9
home:
	ldr	r1, =stacks
	add	r2, r0, #1
	add	sp, r1, r2, lsl #STACK_LOG2
	bl	monitor_main
	ldm	r0, {r4-r8}			/* address, three arguments, secure */
	mov	r9, #0
	cmp	r8, #0
	moveq	r0, #(SCR_NS | SCR_FIQ)
	movne	r0, #SCR_FIQ
	mcr	p15, 0, r0, c1, c1, 0
	isb
	mcr	p15, 0, r9, c12, c0, 0		/* VBAR, of the world that is entered, as is: */
	ldr	r1, =0x00c50078
	mcr	p15, 0, r1, c1, c0, 0		/* SCTLR: MMU and caches off */
	mrc	p15, 0, r1, c0, c1, 1		/* ID_PFR1 */
	tst	r1, #(0xf << 16)		/* there are timers: */
	mcrne	p15, 0, r9, c14, c3, 1		/* CNTV_CTL: it does not run */
	cmpne	r8, #1
	mcrne	p15, 0, r9, c14, c2, 1		/* nor CNTP_CTL; the Secure one is the monitor's */
	isb
	cmp	r8, #0
	moveq	r1, #(MODE_SVC | MASKED)
	movne	r1, #(MODE_SVC | MASKED & ~0x40) /* the Secure world masks FIQs itself */
	tst	r4, #1
	orrne	r1, r1, #PSR_T
	msr	spsr_cxsf, r1
	bic	lr, r4, #1
	mov	r0, r5
	mov	r1, r6
	mov	r2, r7
	mov	r3, r9
	mov	r4, r9
	mov	r5, r9
	mov	r6, r9
	mov	r7, r9
	mov	r8, r9
	mov	r10, r9
	mov	r11, r9
	mov	r12, r9
	movs	pc, lr

	/*
	 * On the stack: r0 to r3, r12, lr; below SPSR and SCR; below the Secure world's SCTLR. A
	 * Secure context comes by its own map, in which only code and stacks need be: off with it.
	 */
.macro enter_monitor
	push	{r0-r3, r12, lr}
	mrs	r0, spsr
	mrc	p15, 0, r1, c1, c1, 0
	push	{r0, r1}
	bic	r1, r1, #SCR_NS
	mcr	p15, 0, r1, c1, c1, 0
	isb
	mrc	p15, 0, r1, c1, c0, 0
	push	{r0, r1}
	bic	r1, r1, #(1 << 0 | 1 << 2)	/* MMU, data caches */
	dsb
	mcr	p15, 0, r1, c1, c0, 0
	isb
	ldr	r0, =stacks
	sub	r0, sp, r0
	lsr	r0, r0, #STACK_LOG2		/* which core: by its stack */
.endm

smc:
	enter_monitor
	add	r1, sp, #16
	bl	monitor_smc
	b	back
fiq:
	sub	lr, lr, #4
	enter_monitor
	bl	monitor_fiq
back:
	cmp	r0, #0
	bne	3f
	pop	{r0, r1}
	mcr	p15, 0, r1, c1, c0, 0
	isb
	pop	{r0, r1}
	msr	spsr_cxsf, r0
	mcr	p15, 0, r1, c1, c1, 0
	isb
	pop	{r0-r3, r12, lr}
	movs	pc, lr
3:	ldr	r0, =stacks
	sub	r0, sp, r0
	lsr	r0, r0, #STACK_LOG2
	b	leave

unexpected:
	wfi
	b	unexpected

	.balign	32
vectors:
	b	unexpected
	b	unexpected
	b	smc
	b	unexpected
	b	unexpected
	b	unexpected
	b	unexpected
	b	fiq

	.section .bss.stacks, "aw", %nobits
	.balign	1 << STACK_LOG2
stacks:
	.space	CORES << STACK_LOG2
