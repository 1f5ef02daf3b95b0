/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor as it is linked: monitor/build.mk. */
	.section .rodata.monitor_image, "a"
	.balign	8
	.global monitor_image, monitor_image_end
monitor_image:
	.incbin	MONITOR_IMAGE
monitor_image_end:
