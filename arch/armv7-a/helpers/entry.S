/* SPDX-License-Identifier: BSD-2-Clause */
/* From a helper's first instruction to C (boot/feature/helpers/helper.h). Its number is in r0. */
	.syntax unified
	.arm

#include BOARD_MEMORY_MAP
#include "arch/armv7-a/mode.inc"
#include "arch/seat.h"

#define SEATS	   (RECORD_BASE + SEATS_OFFSET)
#define LEAST_LINE 16 /* bytes, of a cache */

	.section .text.helper_entry, "ax"
	.global helper_entry
	.type	helper_entry, %function
helper_entry:
	mov	r7, r0
	ldr	r11, =helper_seat + 1
	b	reset_core
	.size	helper_entry, . - helper_entry

	/* Either we see a gate that is closed, or who has closed it sees us in our seat. */
	.section .text.helper_seat, "ax"
	.type	helper_seat, %function
	.thumb
	.thumb_func
helper_seat:
	ldr	r0, =SEATS
	add	r1, r0, r7, lsl #6
	movs	r2, #SEAT_TAKEN
	str	r2, [r1]
	dsb
	ldr	r2, [r0]
	ldr	r3, =GATE_OPEN
	cmp	r2, r3
	bne	late
	ldr	r0, =helper_stacks
	mov	r1, #(HELPER_STACK + HELPER_STACK_EXCEPTION)
	mla	r0, r1, r7, r0
	exception_stack
	mov	r8, r0
	sub	r0, r0, #HELPER_STACK_EXCEPTION
	mov	sp, r0
	cpsie	a
	bl	cache_init
	/* Other cores may hold lines of our stacks, older than what we write without caches. */
	sub	r0, r8, #(HELPER_STACK + HELPER_STACK_EXCEPTION)
1:	mcr	p15, 0, r0, c7, c6, 1		/* DCIMVAC */
	adds	r0, r0, #LEAST_LINE
	cmp	r0, r8
	blo	1b
	bl	map_start
	mov	r0, r7
	bl	helper_main

late:	movs	r2, #SEAT_LATE
	str	r2, [r1]
late_sleep:
	wfi
	b	late_sleep
	.size	helper_seat, . - helper_seat

	.if SEAT_SIZE != 1 << 6
	.error "seats are not as far apart as helper_seat has them"
	.endif

	.section .bss.helper_stacks, "aw", %nobits
	.balign	128				/* lines of their own, however long */
helper_stacks:
	.space	HELPERS * (HELPER_STACK + HELPER_STACK_EXCEPTION)
