/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The files that the ELF carries; their names come from the command line, initrd's and tree's if
 * there are any. The linker script says where kernel and initrd go; libfdt wants trees at multiples
 * of 8.
 */
.macro payload name, section
	.section \section, "a"
	.balign	8
	.global	\name\()_start
\name\()_start:
.endm
.macro payload_end name
	.global	\name\()_end
\name\()_end:
.endm

	payload	manifest, .rodata.manifest
	.incbin	MANIFEST
	payload_end manifest

	payload	tree, .rodata.tree
#ifdef TREE
	.incbin	TREE
#endif
	payload_end tree

	payload	kernel, .kernel
	.incbin	KERNEL
	payload_end kernel

	payload	initrd, .initrd
#ifdef INITRD
	.incbin	INITRD
#endif
	payload_end initrd
