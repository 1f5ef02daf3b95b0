/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux as one ELF, by cpp: the bootstrap in memory that is free until the kernel runs, and the
 * kernel, initrd and resource table in their places. Every piece is a segment of its own.
 */
#include BOARD_MEMORY_MAP

#define PROGRAM_BASE BOOTSTRAP_BASE
#define PROGRAM_SIZE BOOTSTRAP_SIZE

PHDRS
{
	code PT_LOAD FLAGS(5);
	data PT_LOAD FLAGS(6);
	kernel PT_LOAD FLAGS(4);
	initrd PT_LOAD FLAGS(4);
	table PT_LOAD FLAGS(6);
}

#include "ldscripts/in_ram.ld.S"

SECTIONS
{
	.kernel KERNEL_BASE : { KEEP(*(.kernel)) } :kernel
	.initrd INITRD_BASE : { KEEP(*(.initrd)) } :initrd
	.resource_table TABLE_LINUX_BASE : {
		table_start = .;
		KEEP(*(.resource_table))
		table_end = .;
	} :table
}

ASSERT(SIZEOF(.kernel) > 0, "there is no kernel")
ASSERT(SIZEOF(.resource_table) <= TABLE_SIZE, "the resource table is too large")
