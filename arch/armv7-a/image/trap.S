/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap() of images/echo/memory/trap.h: nothing that Supervisor mode does goes to Monitor mode, but
 * a call.
 */
	.syntax unified
	.arm

	.section .text.trap, "ax"
	.global trap
	.type	trap, %function
trap:
	udf	#0
	bx	lr
	.size	trap, . - trap
