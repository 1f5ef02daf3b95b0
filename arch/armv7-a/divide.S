/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the compiler's division of 64-bit numbers calls when the divisor is 0 (run-time ABI for the
 * Arm architecture, 4.3.2). Here it is a fault, which is reported; that of a compiler for Linux
 * raises a signal.
 */
	.syntax unified
	.thumb

	.section .text.divide, "ax"
	.global __aeabi_ldiv0
	.type	__aeabi_ldiv0, %function
	.thumb_func
__aeabi_ldiv0:
	udf	#0
	.size	__aeabi_ldiv0, . - __aeabi_ldiv0
