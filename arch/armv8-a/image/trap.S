/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap() of images/echo/memory/trap.h: EL3's timer. From EL1 in Secure state it goes there (ARM
 * DDI 0487, CNTPS_CTL_EL1).
 */
	.section .text.trap, "ax"
	.global trap
	.type	trap, %function
trap:
	mrs	x0, cntps_ctl_el1
	ret
	.size	trap, . - trap
