/* SPDX-License-Identifier: BSD-2-Clause */
/* image_smc() and image_trap() of images/lib/life.h: there is no such call, nor a monitor. */
	.syntax unified
	.arm

	.section .text.image_smc, "ax"
	.global image_smc
	.type	image_smc, %function
image_smc:
	mvn	r0, #0				/* LIFE_NOT_SUPPORTED */
	bx	lr
	.size	image_smc, . - image_smc

	.section .text.image_trap, "ax"
	.global image_trap
	.type	image_trap, %function
image_trap:
	udf	#0
	bx	lr
	.size	image_trap, . - image_trap
