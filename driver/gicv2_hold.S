/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a core waits that comes out of reset and that nobody has asked for: asleep, until a kick
 * finds at CORE_RELEASE the address to go on at, and behind that its complement, which RAM has not
 * by itself. Secure state, no stack.
 */
	.syntax unified
	.arm

#include BOARD_MEMORY_MAP
#include "driver/gic_registers.h"

	.section .text.core_hold, "ax"
	.global core_hold
	.type	core_hold, %function
core_hold:
	ldr	r0, =GICD_BASE
	ldr	r1, =GICC_BASE
	ldr	r2, =CORE_RELEASE
	ldr	r3, =0xffff			/* SGIs; masked here, they wake all the same */
	str	r3, [r0, #GICD_ISENABLER]
	mov	r3, #0xff
	str	r3, [r1, #GICC_PMR]
	mov	r3, #1
	str	r3, [r1, #GICC_CTLR]
1:	wfi
	ldr	r3, [r1, #GICC_IAR]
	str	r3, [r1, #GICC_EOIR]
	ubfx	r3, r3, #0, #10
	cmp	r3, #GIC_KICK			/* what else wakes it does not release it */
	bne	1b
	ldm	r2, {r4, r5}
	mvn	r5, r5
	cmp	r4, r5
	bne	1b
	dsb
	bx	r4
	.size	core_hold, . - core_hold
