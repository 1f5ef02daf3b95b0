/* SPDX-License-Identifier: BSD-2-Clause */
/* As gicv2_hold.S, for AArch64, and with a GICv3 if the core is made for one. */
#include BOARD_MEMORY_MAP
#include "driver/gic_registers.h"

#define SCR	 (1 << 1 | 1 << 2)	/* IRQ, FIQ: they wake this level */
#define SRE	 0xf			/* registers of the core, at all levels */
#define SGIS	 0xffff			/* masked here, they wake all the same */
#define PRIORITY 0xff			/* all are higher */

	.section .text.core_hold, "ax"
	.global core_hold
	.type	core_hold, %function
core_hold:
	mov	x0, #SCR
	msr	scr_el3, x0
	isb
	ldr	x2, =CORE_RELEASE
	mov	w5, #SGIS
	mov	w6, #PRIORITY
	mov	w7, #1
	mrs	x0, id_aa64pfr0_el1
	tst	x0, #(0xf << 24)
	b.ne	3f
	ldr	x0, =GICD_BASE
	ldr	x1, =GICC_BASE
	str	w5, [x0, #GICD_ISENABLER]
	str	w6, [x1, #GICC_PMR]
	str	w7, [x1, #GICC_CTLR]
1:	wfi
	ldr	w3, [x1, #GICC_IAR]
	str	w3, [x1, #GICC_EOIR]
	bl	9f
	b	1b

3:	mov	x0, #SRE
	msr	icc_sre_el3, x0
	isb
	mrs	x3, mpidr_el1			/* its redistributor */
	ubfx	x4, x3, #32, #8			/* Aff3 */
	bfi	x3, x4, #24, #8
	ldr	x0, =GICR_BASE
4:	ldr	w4, [x0, #GICR_AFFINITY]
	cmp	w4, w3
	b.eq	5f
	ldr	w4, [x0, #GICR_TYPER]
	tbnz	w4, #GICR_LAST_BIT, 8f
	add	x0, x0, #2 * GICR_FRAME
	tbz	w4, #GICR_VLPIS_BIT, 4b
	add	x0, x0, #2 * GICR_FRAME
	b	4b
5:	ldr	w4, [x0, #GICR_WAKER]
	and	w4, w4, #~(1 << GICR_SLEEP_BIT)
	str	w4, [x0, #GICR_WAKER]
6:	ldr	w4, [x0, #GICR_WAKER]
	tbnz	w4, #GICR_ASLEEP_BIT, 6b
	add	x0, x0, #GICR_FRAME
	str	w5, [x0, #GICD_ISENABLER]
	msr	icc_pmr_el1, x6
	msr	icc_igrpen0_el1, x7
	isb
7:	wfi
	mrs	x3, icc_iar0_el1
	msr	icc_eoir0_el1, x3
	isb
	bl	9f
	b	7b

8:	wfi					/* it has none: nothing can wake it */
	b	8b

	/* What else wakes it does not release it. */
9:	and	w3, w3, #0x3ff
	cmp	w3, #GIC_KICK
	b.ne	10f
	ldp	w3, w4, [x2]
	mvn	w4, w4
	cmp	w3, w4
	b.ne	10f
	dsb	sy
	br	x3
10:	ret
	.size	core_hold, . - core_hold
