/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which board this loader is for, and what it can, for tools to find in its file: BOARD is the
 * board's name, FEATURES make's list of them.
 */
	.section .features, "a"

	.ascii "peerboot on "
	.ascii BOARD
	.ascii ":"
	.asciz FEATURES
