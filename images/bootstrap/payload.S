/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The files that the ELF carries; their names come from the command line. The linker script says
 * where each goes, and marks its start and end.
 */
	.section .manifest, "a"
	.incbin	MANIFEST

	.section .kernel, "a"
	.incbin	KERNEL

#ifdef INITRD
	.section .initrd, "a"
	.incbin	INITRD
#endif

#ifdef TREE
	.section .tree, "a"
	.incbin	TREE
#endif
