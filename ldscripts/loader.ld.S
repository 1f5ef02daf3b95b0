/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader: runs from the start of flash, its data in its own RAM. Run through cpp first. */
#include BOARD_MEMORY_MAP /* "boot/board/<board>/memory_map.h" */
#include "ldscripts/elf.ld.S"

#define STACK_SIZE 0x4000
#define PAGE 0x1000

MEMORY
{
	flash (rx) : ORIGIN = FLASH_BASE, LENGTH = LOADER_FLASH_SIZE
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
	} > flash

	.rodata : {
		KEEP(*(.features))
		*(.rodata .rodata.*)
		LINKER_DATA	/* the crypto libraries' objects are position-independent */
		. = ALIGN(8);
	} > flash

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
	} > ram AT > flash
	data_load = LOADADDR(.data);

	.bss (NOLOAD) : ALIGN(8) {
		bss_start = .;
		*(.bss.tables)	/* aligned to 16 KiB: first, to lose little */
		*(.bss .bss.*)
		*(COMMON)
		. = ALIGN(8);
		bss_end = .;
	} > ram

	.ARM.attributes 0 : { *(.ARM.attributes) }
	/DISCARD/ : { ARCH_NO_CODE *(.comment) *(.note .note.*) }
}

code_start = FLASH_BASE;
code_end = FLASH_BASE + LOADER_FLASH_SIZE;
loader_flash_size = data_load + SIZEOF(.data) - FLASH_BASE;
loader_ram_size = bss_end - LOADER_RAM_BASE;

ASSERT(vectors == FLASH_BASE, "the vectors are not at the reset address")
ASSERT(stack_guard % PAGE == 0, "the page below the stack is not aligned")
ASSERT(data_end <= bss_start, "the reset code clears from the end of .data on")
ASSERT(loader_flash_size <= flash_limit, "the loader is too large for its flash")
ASSERT(loader_ram_size <= BOARD_RAM_LIMIT, "the loader is too large for its RAM")
