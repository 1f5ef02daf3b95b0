/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What this loader can, for the host's command to find in its file: FEATURES is make's list of
 * them.
 */
	.section .features, "a"

	.ascii "peerboot features:"
	.asciz FEATURES
