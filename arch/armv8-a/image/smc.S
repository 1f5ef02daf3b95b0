/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * image_smc() and image_trap() of images/lib/life.h; where there is no monitor, an SMC would be a
 * fault.
 */
#include BOARD_MEMORY_MAP

	.section .text.image_smc, "ax"
	.global image_smc
	.type	image_smc, %function
image_smc:
#ifdef MONITOR_BASE
	smc	#0
#else
	mov	w0, #-1				/* LIFE_NOT_SUPPORTED */
#endif
	ret
	.size	image_smc, . - image_smc

	/* EL3's timer: from EL1 in Secure state it goes there (ARM DDI 0487, CNTPS_CTL_EL1). */
	.section .text.image_trap, "ax"
	.global image_trap
	.type	image_trap, %function
image_trap:
	mrs	x0, cntps_ctl_el1
	ret
	.size	image_trap, . - image_trap
