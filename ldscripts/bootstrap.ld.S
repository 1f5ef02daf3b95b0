/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux as one ELF, by cpp: the bootstrap in memory that is free until the kernel runs, and the
 * kernel, initrd and resource table in their places. Every piece is a segment of its own.
 */
#include BOARD_MEMORY_MAP

#define STACK_SIZE 0x4000
#define PAGE 0x1000
#define MIB 0x100000

OUTPUT_FORMAT("elf32-littlearm")
ENTRY(reset)

PHDRS
{
	code PT_LOAD FLAGS(5);
	data PT_LOAD FLAGS(6);
	kernel PT_LOAD FLAGS(4);
	initrd PT_LOAD FLAGS(4);
	table PT_LOAD FLAGS(6);
}

SECTIONS
{
	code_start = BOOTSTRAP_BASE;
	.text BOOTSTRAP_BASE : {
		KEEP(*(.vectors))
		*(.text .text.*)
		*(.rodata .rodata.*)
		. = ALIGN(8);
		manifest_start = .;
		KEEP(*(.manifest))
		manifest_end = .;
		. = ALIGN(8);
		tree_start = .;
		KEEP(*(.tree))
		tree_end = .;
	} :code
	code_end = ALIGN(MIB);

	.data code_end : {
		data_start = .;
		*(.data .data.*)
		. = ALIGN(8);
		data_end = .;
	} :data
	data_load = data_start;	/* it is where it belongs */
	.bss (NOLOAD) : {
		*(.bss.tables)
		*(.bss .bss.* COMMON)
		. = ALIGN(8);
		bss_end = .;
		/* A page that faults, then the stack, which grows down towards it. */
		. = ALIGN(PAGE);
		stack_guard = .;
		. += PAGE + STACK_SIZE;
		stack_end = .;
		. += 0x400;
		exception_stack_end = .;
	} :data
	ASSERT(. <= BOOTSTRAP_BASE + BOOTSTRAP_SIZE, "the bootstrap does not fit into its memory")

	.kernel KERNEL_BASE : {
		kernel_start = .;
		KEEP(*(.kernel))
		kernel_end = .;
	} :kernel
	.initrd INITRD_BASE : {
		initrd_start = .;
		KEEP(*(.initrd))
		initrd_end = .;
	} :initrd
	.resource_table TABLE_LINUX_BASE : {
		table_start = .;
		KEEP(*(.resource_table))
		table_end = .;
	} :table

	/DISCARD/ : { *(.ARM.*) *(.comment) *(.note*) *(.got*) *(.eh_frame*) }
}

ASSERT(vectors == BOOTSTRAP_BASE, "the vectors are not at their place")
ASSERT(stack_guard % PAGE == 0, "the page below the stack is not aligned")
ASSERT(SIZEOF(.kernel) > 0, "there is no kernel")
ASSERT(table_end - table_start <= TABLE_SIZE, "the resource table is too large")
