/* SPDX-License-Identifier: BSD-2-Clause */
/* By cpp. Linux's stm32_rproc has no entry: the program is at the start of the context's memory. */
#include BOARD_MEMORY_MAP
#include DEMO_LAYOUT

#include ARCH_LINK

OUTPUT_FORMAT(ARCH_OUTPUT_FORMAT)
ENTRY(_start)

PHDRS
{
	program PT_LOAD FLAGS(5);
	distributor PT_LOAD FLAGS(6);
	kernel PT_LOAD FLAGS(4);
	initrd PT_LOAD FLAGS(4);
	tree PT_LOAD FLAGS(4);
}

SECTIONS
{
	.start PEER_C_BASE : { KEEP(*(.start)) } :program
	.distributor SECOND_DISTRIBUTOR : { KEEP(*(.distributor)) } :distributor
	.kernel SECOND_KERNEL : { KEEP(*(.kernel)) } :kernel
	.initrd SECOND_INITRD : { KEEP(*(.initrd)) } :initrd
	.tree SECOND_TREE : { KEEP(*(.tree)) } :tree

	/DISCARD/ : {
		*(*)
	}
}

ASSERT(_start == PEER_C_BASE, "the entry is not the start of memory")
ASSERT(SIZEOF(.kernel) > 0, "there is no kernel")
ASSERT(ADDR(.kernel) + SIZEOF(.kernel) <= SECOND_INITRD, "the kernel is too large")
ASSERT(ADDR(.initrd) + SIZEOF(.initrd) <= SECOND_TREE, "the initrd is too large")
