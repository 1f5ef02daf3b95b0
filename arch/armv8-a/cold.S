/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the loader does first, on the way from reset, and programs in RAM need not: hold all cores
 * but one, say so if that is at EL3 without a monitor to leave there, and look whether the RAM is
 * there that all the rest needs. Without a stack.
 */
#include BOARD_MEMORY_MAP

#define TEXT(x)	 TEXT_(x)
#define TEXT_(x) #x

#define STEP 0x1000

	/* Some boards let all cores come out of reset. Nobody has asked for them yet. */
	.section .text.cold_core, "ax"
	.global cold_core
	.type	cold_core, %function
cold_core:
	mov	x20, x0				/* for boot_main() */
	mrs	x0, mpidr_el1
	ubfx	x1, x0, #32, #8			/* Aff3 */
	and	x0, x0, #0xffffff
	orr	x0, x0, x1, lsl #32
	ldr	x1, =BOOT_CORE
	cmp	x0, x1
#ifdef CORE_RELEASE				/* a board with a monitor begins at EL3 */
	b.eq	reset
	b	core_hold			/* a driver's */
#else
	b.ne	hold
	mrs	x0, CurrentEL
	mvn	x0, x0
	tst	x0, #(3 << 2)			/* both: EL3 */
	b.ne	reset
	adr	x5, el3_text
	b	say
#endif
hold:
	wfi
	b	hold
	.size	cold_core, . - cold_core

	/*
	 * A word of each page has to keep its own address, then the complement: not if it is not
	 * there, or is another page's word at the same time. A fault goes to x10.
	 */
	.section .text.cold_ram, "ax"
	.global cold_ram
	.type	cold_ram, %function
cold_ram:
	adr	x10, no_ram
	ldr	x0, =LOADER_RAM_BASE
	ldr	x1, =LOADER_RAM_BASE + LOADER_RAM_SIZE
	mov	x3, #0
1:	mov	x2, x0
2:	eor	x4, x2, x3
	str	x4, [x2]
	add	x2, x2, #STEP
	cmp	x2, x1
	b.lo	2b
	mov	x2, x0
3:	ldr	x4, [x2]
	eor	x4, x4, x3
	cmp	x4, x2
	b.ne	no_ram
	str	xzr, [x2]			/* a fault may read it before it is cleared */
	add	x2, x2, #STEP
	cmp	x2, x1
	b.lo	3b
	mvn	x3, x3
	cbnz	x3, 1b
	b	reset_stacks

no_ram:
	adr	x5, no_ram_text
say:	bl	board_start			/* leaves x5 alone, as board_put does */
4:	ldrb	w0, [x5], #1
	cbz	w0, hold
	bl	board_put
	b	4b

no_ram_text: /* E_OUTSIDE_RAM, as boot_stop() says it */
	.ascii	"peerboot: error OUTSIDE_RAM (-41) in reset: loader memory, "
	.ascii	TEXT(LOADER_RAM_SIZE), " bytes at ", TEXT(LOADER_RAM_BASE)
	.asciz	", is not all RAM\r\npeerboot: stopped\r\n"
#ifndef CORE_RELEASE
el3_text: /* E_CORE_START */
	.ascii	"peerboot: error CORE_START (-70) in reset: the core is at EL3: "
	.asciz	"start the loader below firmware with PSCI\r\npeerboot: stopped\r\n"
#endif
	.balign	4
	.size	cold_ram, . - cold_ram
