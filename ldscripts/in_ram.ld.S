/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For programs in RAM that are made of the loader's code: from PROGRAM_BASE on, in PROGRAM_SIZE,
 * what its reset code and its map of memory ask for. The including script has defined both, and the
 * segments code and data. Code and data are apart by the MiB: it takes no tables of pages.
 */
#include "ldscripts/elf.ld.S"

#define PROGRAM_STACK 0x4000
#define PAGE 0x1000
#define MIB 0x100000

OUTPUT_FORMAT(ARCH_OUTPUT_FORMAT)
ENTRY(reset)

/* Nobody comes by the reset vector, and the RAM is there. */
PROVIDE(cold_core = reset);
PROVIDE(cold_ram = reset_stacks);

/* Sentences are with all that is read: none is packed. */
sentences_start = 0;
sentences_end = 0;
sentences_packed = 0;

SECTIONS
{
	code_start = PROGRAM_BASE;
	.text PROGRAM_BASE : {
		KEEP(*(.vectors))
		*(.text .text.*)
		*(.rodata .rodata.*)
		*(.sentences)
		LINKER_TEXT
	} :code
	code_end = ALIGN(MIB);

	.data code_end : {
		data_start = .;
		*(.data .data.*)
		LINKER_DATA
		. = ALIGN(8);
		data_end = .;
	} :data
	data_load = data_start;	/* it is where it belongs */
	.bss (NOLOAD) : ALIGN(8) {
		. = ALIGN(ARCH_MMU_ALIGN);	/* first, to lose little */
		mmu_table = .;
		. += ARCH_MMU_SIZE;
		mmu_table_end = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(16);
		bss_end = .;
		/* A page that faults, then the stack, which grows down towards it. */
		. = ALIGN(PAGE);
		stack_guard = .;
		. += PAGE + PROGRAM_STACK;
		stack_end = .;
		. += ARCH_EXCEPTION_STACK;
		exception_stack_end = .;
	} :data
	ASSERT(. <= PROGRAM_BASE + PROGRAM_SIZE, "the program does not fit into its memory")

	/DISCARD/ : { ARCH_NO_CODE *(.ARM.attributes) *(.comment) *(.note*) *(.eh_frame*) }
}

ASSERT(vectors == PROGRAM_BASE, "the vectors are not in their place")
ASSERT(stack_guard % PAGE == 0, "the page below the stack is not aligned")
