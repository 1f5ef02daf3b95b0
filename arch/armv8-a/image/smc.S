/* SPDX-License-Identifier: BSD-2-Clause */
/* image_smc() of images/lib/life.h; where there is no monitor, an SMC would be a fault. */
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
