/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In front of a loader that a boot ROM brings to RAM: has the global timer count (ARM DDI 0407, 4.3)
 * four instructions before the loader's first.
 */
#include BOARD_MEMORY_MAP

	.syntax unified
	.arm
	.globl	_start
_start:
	ldr	r0, =GLOBAL_TIMER_BASE
	mov	r1, #1
	str	r1, [r0, #8]
	ldr	pc, =LOADER_BASE
