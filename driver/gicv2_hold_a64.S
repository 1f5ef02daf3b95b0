/* SPDX-License-Identifier: BSD-2-Clause */
/* As gicv2_hold.S, for AArch64. */
#include BOARD_MEMORY_MAP
#include "driver/gicv2_registers.h"

	.section .text.core_hold, "ax"
	.global core_hold
	.type	core_hold, %function
core_hold:
	mov	x0, #(1 << 1)			/* SCR_EL3.IRQ: it wakes this level */
	msr	scr_el3, x0
	isb
	ldr	x0, =GICD_BASE
	ldr	x1, =GICC_BASE
	ldr	x2, =CORE_RELEASE
	mov	w3, #0xffff			/* SGIs; masked here, they wake all the same */
	str	w3, [x0, #GICD_ISENABLER]
	mov	w3, #0xff
	str	w3, [x1, #GICC_PMR]
	mov	w3, #1
	str	w3, [x1, #GICC_CTLR]
1:	wfi
	ldr	w3, [x1, #GICC_IAR]
	str	w3, [x1, #GICC_EOIR]
	and	w3, w3, #0x3ff
	cmp	w3, #GICV2_KICK			/* what else wakes it does not release it */
	b.ne	1b
	ldp	w4, w5, [x2]
	mvn	w5, w5
	cmp	w4, w5
	b.ne	1b
	dsb	sy
	br	x4
	.size	core_hold, . - core_hold
