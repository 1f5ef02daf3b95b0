/* SPDX-License-Identifier: BSD-2-Clause */
/* From a helper's first instruction to C (boot/feature/helpers/helper.h). Its number is in x0. */
#include BOARD_MEMORY_MAP
#include "arch/seat.h"

#define SEATS	   (RECORD_BASE + SEATS_OFFSET)
#define LEAST_LINE 16 /* bytes, of a cache */

	.section .text.helper_entry, "ax"
	.global helper_entry
	.type	helper_entry, %function
helper_entry:
	mov	x20, x0
	ldr	x21, =helper_seat
	b	reset_core
	.size	helper_entry, . - helper_entry

	/* Either we see a gate that is closed, or who has closed it sees us in our seat. */
	.section .text.helper_seat, "ax"
	.type	helper_seat, %function
helper_seat:
	ldr	x0, =SEATS
	mov	x1, #SEAT_SIZE
	madd	x1, x1, x20, x0
	mov	w2, #SEAT_TAKEN
	str	w2, [x1]
	dsb	sy
	ldr	w2, [x0]
	ldr	w3, =GATE_OPEN
	cmp	w2, w3
	b.ne	late
	ldr	x0, =helper_stacks
	mov	x1, #(HELPER_STACK + HELPER_STACK_EXCEPTION)
	madd	x0, x1, x20, x0
	mov	sp, x0
	msr	spsel, #0
	sub	x0, x0, #HELPER_STACK_EXCEPTION
	mov	sp, x0
	msr	daifclr, #4
	/* Other cores may hold lines of our stacks, older than what we write without caches. */
	add	x1, x0, #HELPER_STACK_EXCEPTION
	sub	x0, x0, #HELPER_STACK
1:	dc	ivac, x0
	add	x0, x0, #LEAST_LINE
	cmp	x0, x1
	b.lo	1b
	bl	map_start
	mov	x0, x20
	bl	helper_main

late:	mov	w2, #SEAT_LATE
	str	w2, [x1]
late_sleep:
	wfi
	b	late_sleep
	.size	helper_seat, . - helper_seat

	.section .bss.helper_stacks, "aw", %nobits
	.balign	128				/* lines of their own, however long */
helper_stacks:
	.space	HELPERS * (HELPER_STACK + HELPER_STACK_EXCEPTION)
