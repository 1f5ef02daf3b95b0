/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The monitor's way in and out: EL3 (ARM DDI 0487, D1), MMU and data caches off. Cores come from
 * reset, from the loader, or out of their contexts by SMC and FIQ, and leave to where
 * monitor_main() says: in Secure state to EL1, else to EL2 if there is one.
 *
 * What begins the monitor's memory is the vectors, too, 2 KiB of them. Where nothing comes from, as
 * in the first quarter, which is for a stack that is never used here, or where a vector is shorter
 * than its place, there is other code.
 */
#include "arch/armv8-a/coherent.inc"

#define STACK_LOG2 12
#define CORES	   8
#define CONFIG_IDS 8			/* of struct monitor_config: monitor/main.c */

#define SCTLR	   0x30c50830		/* of EL3 and EL2: what is always one */
#define SCTLR_I	   (1 << 12)
#define SCTLR_EL1  0x30d00800
#define HCR_RW	   (1 << 31)

#define SCR_NS	   (1 << 0)
#define SCR_FIQ	   (1 << 2)		/* FIQs come here, and nobody can mask them */
#define SCR_ONES   (3 << 4)
#define SCR_HCE	   (1 << 8)
#define SCR_RW	   (1 << 10)		/* whom we enter is AArch64 */
#define SCR	   (SCR_FIQ | SCR_ONES | SCR_RW)

#define SPSR_EL1   0x3c5		/* with SP_EL1, all masked */
#define SPSR_EL2   0x3c9

#define FRAME	   160			/* x0 to x18, x30 */
#define CLASS	   26			/* in ESR: 6 bits; those of SMCs: */
#define SMC_A32	   0x13
#define SMC_A64	   0x17

	.section .head, "ax"
	.global monitor_head
monitor_head:
	b	monitor_start
	.balign	8
	.quad	monitor_config
	.quad	monitor_handover

monitor_start:
	msr	daifset, #0xf
	msr	spsel, #1
	ldr	x0, =SCTLR | SCTLR_I		/* instructions are cached all the same */
	ic	iallu
	dsb	sy
	msr	sctlr_el3, x0
	adr	x0, monitor_head
	msr	vbar_el3, x0
	mov	x0, #SCR
	msr	scr_el3, x0
	msr	cptr_el3, xzr			/* no traps */
	msr	mdcr_el3, xzr
	msr	cntps_ctl_el1, xzr		/* the monitor's own timer */
	isb
	be_coherent
	b	who

	.ltorg

.macro enter_monitor
	stp	x0, x1, [sp, #-FRAME]!
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x30, [sp, #144]
	adr	x0, stacks
	mov	x1, sp
	sub	x0, x1, x0
	lsr	x0, x0, #STACK_LOG2		/* which core: by its stack */
.endm

	/* The next place: what lies in front of it does not fit if .org would go back, an error. */
	.set	vector, 0
.macro vector_place
	.org	monitor_below + vector * 128
	.set	vector, vector + 1
.endm

.macro vector_call
	vector_place
	enter_monitor
	mrs	x2, esr_el3
	ubfx	x2, x2, #CLASS, #6
	cmp	x2, #SMC_A64
	ccmp	x2, #SMC_A32, #4, ne
	b.ne	trapped
	bl	monitor_smc			/* x1: the first four registers */
	b	back
.endm

.macro vector_interrupt
	vector_place
	enter_monitor
	bl	monitor_fiq
	b	back
.endm

.macro vector_none
	vector_place
	b	unexpected
.endm

	/* From here, with the other stack: a fault, or nothing, as all else is masked. */
	.section .head.self, "ax"
	.balign	512
	.global monitor_self
monitor_self:
unexpected:
	wfi
	b	unexpected

	/* From below, in AArch64 and in AArch32; in front of it the linker puts what fits. */
	.section .head.below, "ax"
	.balign	1024
	.global monitor_below
monitor_below:
	vector_call
	vector_none
back:
	tst	w0, #0xff
	b.ne	gone
	ldp	x2, x3, [sp, #16]
	ldp	x4, x5, [sp, #32]
	ldp	x6, x7, [sp, #48]
	ldp	x8, x9, [sp, #64]
	ldp	x10, x11, [sp, #80]
	ldp	x12, x13, [sp, #96]
	ldp	x14, x15, [sp, #112]
	ldp	x16, x17, [sp, #128]
	ldp	x18, x30, [sp, #144]
	ldp	x0, x1, [sp], #FRAME
	eret
gone:
	adr	x0, stacks
	mov	x1, sp
	sub	x0, x1, x0
	lsr	x19, x0, #STACK_LOG2
	b	leave
go:	ldp	x20, x21, [x0]			/* address, three arguments, secure */
	ldp	x22, x23, [x0, #16]
	ldr	w24, [x0, #32]
	ldr	x0, =SCTLR_EL1
	msr	sctlr_el1, x0			/* MMU and caches off */
	msr	cntv_ctl_el0, xzr		/* no timer runs */
	msr	cntp_ctl_el0, xzr
	mov	x0, #SCR
	mov	x1, #SPSR_EL1
	cbnz	w24, world
	b	other
	vector_interrupt
other:	ldr	x0, =SCR | SCR_NS | SCR_HCE
	mrs	x2, id_aa64pfr0_el1
	tst	x2, #(0xf << 8)			/* there is an EL2, */
	b.eq	world
	msr	scr_el3, x0			/* whose registers are of this state */
	isb
	ldr	x2, =SCTLR
	msr	sctlr_el2, x2
	mov	x2, #HCR_RW
	msr	hcr_el2, x2
	msr	cnthp_ctl_el2, xzr
	msr	cntvoff_el2, xzr		/* the counter is everybody's */
	mov	x1, #SPSR_EL2
	b	world
	vector_none
enter:						/* with nobody else's registers */
	.irp	n, 3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
	mov	x\n, #0
	.endr
	eret
	vector_call
	/* Nobody's code runs on this core any more, x19: what it has written goes to RAM. */
leave:
	bl	caches_clean
home:
	adr	x0, stacks
	add	x1, x19, #1
	add	x0, x0, x1, lsl #STACK_LOG2
	mov	sp, x0
	mov	x0, x19
	bl	monitor_main
	b	go
	vector_none
trapped:					/* a register that is the monitor's alone, say */
	mrs	x1, elr_el3
	mrs	x2, esr_el3
	bl	monitor_exception
	b	gone
world:	msr	scr_el3, x0
	isb
	tlbi	alle1				/* of whom we enter */
	ic	iallu
	dsb	sy
	msr	spsr_el3, x1
	msr	elr_el3, x20
	mov	x0, x21
	mov	x1, x22
	mov	x2, x23
	b	enter
who:	adr	x0, monitor_config		/* x19: which of its cores this is */
	ldr	w1, [x0], #CONFIG_IDS		/* how many cores there are; then their ids */
	mrs	x2, mpidr_el1
	ldr	x3, =0xff00ffffff		/* all levels of affinity */
	and	x2, x2, x3
	mov	x19, #0
1:	cmp	x19, x1
	b.hs	nobody
	ldr	x3, [x0, x19, lsl #3]
	cmp	x3, x2
	b.eq	home
	add	x19, x19, #1
	b	1b
nobody:
	wfi
	b	nobody
	vector_interrupt
	.ltorg
	vector_none

	.section .bss.stacks, "aw", %nobits
	.balign	1 << STACK_LOG2
stacks:
	.space	CORES << STACK_LOG2
