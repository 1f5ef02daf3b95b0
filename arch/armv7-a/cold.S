/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the loader does first, on the way from its vectors, and programs in RAM need not: hold all
 * cores but one, and look whether the RAM is there that all the rest needs. Without a stack.
 */
	.syntax unified
	.arm

#include BOARD_MEMORY_MAP

#define TEXT(x)	 TEXT_(x)
#define TEXT_(x) #x

#define STEP 0x1000

	/* Some boards let all cores come out of reset. Nobody has asked for them yet. */
	.section .text.cold_core, "ax"
	.global cold_core
	.type	cold_core, %function
cold_core:
	mov	r7, r2				/* for boot_main() */
	mrc	p15, 0, r0, c0, c0, 5		/* MPIDR */
	bic	r0, r0, #0xff000000		/* all levels of affinity are left */
	ldr	r1, =BOOT_CORE
	cmp	r0, r1
	beq	reset
#ifdef CORE_RELEASE
	b	core_hold			/* a driver's */
#else
hold:
	wfi
	b	hold
#endif
	.size	cold_core, . - cold_core

	/*
	 * A word of each page has to keep its own address, then the complement: not if it is not
	 * there, or is another page's word at the same time. A fault goes to r10.
	 */
	.section .text.cold_ram, "ax"
	.thumb
	.global cold_ram
	.type	cold_ram, %function
	.thumb_func
cold_ram:
	adr	r10, no_ram + 1
	ldr	r0, =LOADER_RAM_BASE
	ldr	r1, =LOADER_RAM_BASE + LOADER_RAM_SIZE
	movs	r3, #0
	movs	r5, #0
1:	mov	r2, r0
2:	eor	r4, r2, r3
	str	r4, [r2]
	add	r2, r2, #STEP
	cmp	r2, r1
	blo	2b
	mov	r2, r0
3:	ldr	r4, [r2]
	eors	r4, r4, r3
	cmp	r4, r2
	bne	no_ram
	str	r5, [r2]			/* a fault may read it before it is cleared */
	add	r2, r2, #STEP
	cmp	r2, r1
	blo	3b
	mvns	r3, r3
	bne	1b
	b	reset_stacks

no_ram:
	bl	board_start
	adr	r5, no_ram_text
4:	ldrb	r0, [r5], #1
	cbz	r0, 5f
	bl	board_put
	b	4b
5:	wfi
	b	5b

	.balign	4
no_ram_text: /* E_OUTSIDE_RAM, as boot_stop() says it */
	.ascii	"peerboot: error OUTSIDE_RAM (-41) in reset: loader memory, "
	.ascii	TEXT(LOADER_RAM_SIZE), " bytes at ", TEXT(LOADER_RAM_BASE)
	.asciz	", is not all RAM\r\npeerboot: stopped\r\n"
	.balign	4
	.size	cold_ram, . - cold_ram
