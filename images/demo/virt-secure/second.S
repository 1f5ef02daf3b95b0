/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux beside another Linux, which has loaded it: kernel, initrd and tree are in their places.
 * The two have one GICv2. What a kernel does to a distributor as it begins (gic_dist_init() in
 * drivers/irqchip/irq-gic.c) would leave the other one deaf: all SPIs disabled, and routed to here.
 * So its tree has a page of RAM for the distributor, which says that there are no SPIs. What of the
 * true one is this core's alone is set up here: its SGIs are let through, and its timer.
 */
	.syntax unified
	.arm

#include BOARD_MEMORY_MAP
#include DEMO_LAYOUT

#define GICD_ISENABLER 0x100 /* Arm IHI 0048B, 4.3.5; word 0 is of each core */

	.section .start, "ax"
	.global	_start
_start:
	ldr	r0, =GICD_BASE
	ldr	r1, =(1 << ALARM_INTERRUPT | 0xff)
	str	r1, [r0, #GICD_ISENABLER]
	dsb
	mov	r0, #0				/* Documentation/arm/booting.rst */
	mvn	r1, #0
	ldr	r2, =SECOND_TREE
	ldr	pc, =SECOND_KERNEL
	.ltorg

	/* GICD_TYPER (4.3.2) 0: 32 interrupts. GICD_ITARGETSR (4.3.12): whose CPU reads it. */
	.section .distributor, "aw"
	.space	0x800
	.fill	8, 4, (1 << SECOND_CORE) * 0x01010101
	.space	0x1000 - 0x820

	.section .kernel, "a"
	.incbin	KERNEL
	.section .initrd, "a"
	.incbin	INITRD
	.section .tree, "a"
	.incbin	TREE
