/* SPDX-License-Identifier: BSD-2-Clause */
/* What this loader trusts, from make's KEYS_DTB and MINIMUM_VERSION. */
	.section .rodata.built_in, "a"

	.global built_in_minimum, built_in_keys, built_in_keys_end
	.balign 8		/* libfdt wants it for the keys */
	/* By this the host's command finds what is behind it in a loader's file. */
	.ascii "peerboot trusts:"
built_in_minimum:
	.word MINIMUM_VERSION
	.word built_in_keys_end - built_in_keys
built_in_keys:
	.incbin KEYS_DTB
built_in_keys_end:
