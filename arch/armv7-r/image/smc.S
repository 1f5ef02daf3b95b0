/* SPDX-License-Identifier: BSD-2-Clause */
/* image_smc() of images/lib/life.h: these cores have no such call, nor a monitor. */
	.syntax unified
	.arm

	.section .text.image_smc, "ax"
	.global image_smc
	.type	image_smc, %function
image_smc:
	mvn	r0, #0				/* LIFE_NOT_SUPPORTED */
	bx	lr
	.size	image_smc, . - image_smc
