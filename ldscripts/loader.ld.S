/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader: runs from where it lies, which is flash, or RAM that a boot ROM has brought it to; its data is
 * in RAM of its own. Run through cpp first.
 */
#include BOARD_MEMORY_MAP /* "boot/board/<board>/memory_map.h" */
#include "ldscripts/elf.ld.S"

#define STACK_SIZE 0x4000
#define PAGE 0x1000

MEMORY
{
	code (rx) : ORIGIN = LOADER_BASE, LENGTH = LOADER_SIZE
	ram (rw) : ORIGIN = LOADER_RAM_BASE, LENGTH = LOADER_RAM_SIZE
}

ENTRY(cold_core)

SECTIONS
{
	.text : {
		KEEP(*(.vectors))
		*(.text .text.*)
		LINKER_TEXT
		. = ALIGN(8);
	} > code

	.rodata : {
		KEEP(*(.features))
		*(.rodata .rodata.*)
		LINKER_DATA	/* the crypto libraries' objects are position-independent */
		. = ALIGN(8);
	} > code

	/* A page that faults, then the stack, which grows down towards it. */
	.stack (NOLOAD) : {
		stack_guard = .;
		. += PAGE;
		stack_start = .;
		. += STACK_SIZE;
		stack_end = .;
		. += ARCH_EXCEPTION_STACK;
		exception_stack_end = .;
	} > ram

	.data : ALIGN(8) {
		data_start = .;
		*(.data .data.*)
		. = ALIGN(8);
		data_end = .;
	} > ram AT > code
	data_load = LOADADDR(.data);

	.bss (NOLOAD) : ALIGN(8) {
		bss_start = .;
		. = ALIGN(ARCH_MMU_ALIGN);	/* first, to lose little */
		mmu_table = .;
		. += ARCH_MMU_SIZE;
		mmu_table_end = .;
		*(.bss .bss.*)
		*(COMMON)
		. = ALIGN(16);
		bss_end = .;
	} > ram

	/* Where nothing of the loader is: see base/sentence.h. */
	.sentences LOADER_BASE + LOADER_SIZE (INFO) : {
		sentences_start = .;
		*(.sentences)
		sentences_end = .;
	}
	.ARM.attributes 0 : { *(.ARM.attributes) }
	/DISCARD/ : { ARCH_NO_CODE *(.comment) *(.note .note.*) }
}

code_start = LOADER_BASE;
code_end = LOADER_BASE + LOADER_SIZE;
loader_flash_size = data_load + SIZEOF(.data) - LOADER_BASE;
loader_ram_size = bss_end - LOADER_RAM_BASE;

ASSERT(vectors == LOADER_BASE, "the vectors are not at the reset address")
ASSERT(stack_guard % PAGE == 0, "the page below the stack is not aligned")
/* Code is read-only, and mapped by the page. */
ASSERT(code_start % PAGE == 0 && code_end % PAGE == 0, "the loader's code is not in whole pages")
ASSERT(LOADER_RAM_BASE >= code_end || LOADER_RAM_BASE + LOADER_RAM_SIZE <= code_start, "the loader's data is in a page of its code")
ASSERT(data_end <= bss_start, "the reset code clears from the end of .data on")
ASSERT(loader_flash_size <= flash_limit, "the loader is too large for its flash")
ASSERT(loader_ram_size <= BOARD_RAM_LIMIT, "the loader is too large for its RAM")
