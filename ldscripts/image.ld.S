/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A bare-metal image, by cpp. From the command line come the image's names in memory_map.h:
 * IMAGE_BASE and IMAGE_SIZE (its own memory), IMAGE_TABLE, IMAGE_TRACE (where its resource table
 * and its trace must lie); TABLE_SIZE and TRACE_SIZE hold for all.
 *
 * The first half of its own memory is what is loaded and stays as it was, data's initial values
 * with it; the second half is what it works in. So it can be started again without being loaded.
 *
 * Every byte that it uses lies in a segment: whoever loads it knows by its ELF alone what to keep
 * from others. What has no content takes no room in the file.
 * The table is a segment of its own, so that it is loaded where it belongs and found without its
 * section's name.
 */
#include BOARD_MEMORY_MAP
#include "ldscripts/elf.ld.S"

#define IN_SHARED(base, size) ((base) >= SHARED_BASE && (base) + (size) <= SHARED_BASE + SHARED_SIZE)
#define WHOLE_PAGES(base, size) (((base) | (size)) % 0x1000 == 0)
#define APART(a, a_size, b, b_size) ((a) + (a_size) <= (b) || (b) + (b_size) <= (a))

OUTPUT_FORMAT(ARCH_OUTPUT_FORMAT)
ENTRY(_start)
PROVIDE(cold_core = _start); /* the vectors' way from reset, which nobody comes */

PHDRS
{
	image PT_LOAD FLAGS(5);
	data PT_LOAD FLAGS(6);
	data_room PT_LOAD FLAGS(6);
	bss PT_LOAD FLAGS(6);
	table PT_LOAD FLAGS(6);
	trace PT_LOAD FLAGS(6);
}

SECTIONS
{
	private_start = IMAGE_BASE;
	private_end = IMAGE_BASE + IMAGE_SIZE;

	.text IMAGE_BASE : {
		KEEP(*(.start)) /* not .text.start: a function's may be called so */
		*(.vectors)
		*(.text .text.*)
		*(.rodata .rodata.*)
		ARCH_NO_CODE
		LINKER_TEXT
	} :image
	/* Linux's stm32_rproc has no other entry. */
	ASSERT(_start == IMAGE_BASE, "the entry is not the start of the image's memory")
	.init_array (NOLOAD) : {
		KEEP(*(.init_array .init_array.* .preinit_array* .ctors .ctors.*))
	}
	ASSERT(SIZEOF(.init_array) == 0, "there are constructors, which nobody calls")
	data_load = ALIGN(ADDR(.text) + SIZEOF(.text), 8);
	.data IMAGE_BASE + IMAGE_SIZE / 2 : AT(data_load) {
		data_start = .;
		*(.data .data.*)
		LINKER_DATA
		. = ALIGN(8);
		data_end = .;
	} :data
	ASSERT(data_load + SIZEOF(.data) <= data_start, "what is loaded does not fit into its half")
	/*
	 * .data is loaded to data_load and copied to data_start: the latter is claimed by a section
	 * that is at the one place when .data is at the other, and so overlaps nothing.
	 */
	.data_room data_load (NOLOAD) : AT(data_start) {
		. += SIZEOF(.data);
	} :data_room
	/* A C library's errno: of its place, of which the linker makes offsets, there is room below. */
	.tbss data_end (NOLOAD) : AT(data_end) {
		*(.tbss .tbss.*)
	} :bss
	.bss data_end (NOLOAD) : AT(data_end) {
		bss_start = .;
		*(.bss .bss.* COMMON)
		. = ALIGN(8);
		tls_start = .;
		. += SIZEOF(.tbss);
		. = ALIGN(8);
		bss_end = .;
		*(.noinit .noinit.*)
		*(.stack .stack.*)
		/* Not a section's alignment: the file would be padded to it. */
		. = ALIGN(ARCH_MMU_ALIGN);
		mmu_table = .;
		. += ARCH_MMU_SIZE;
		mmu_table_end = .;
	} :bss
	ASSERT(mmu_table % ARCH_MMU_ALIGN == 0, "the MMU's table is not aligned")
	ASSERT(ADDR(.bss) + SIZEOF(.bss) <= private_end, "the image does not fit into its memory")

	.resource_table IMAGE_TABLE : AT(IMAGE_TABLE) {
		KEEP(*(.resource_table))
	} :table
	ASSERT(SIZEOF(.resource_table) > 0, "the image has no resource table")
	ASSERT(SIZEOF(.resource_table) <= TABLE_SIZE, "the resource table is too large")
	ASSERT(ADDR(.resource_table) == IMAGE_TABLE, "the resource table is not in its place")

	.trace IMAGE_TRACE (NOLOAD) : AT(IMAGE_TRACE) {
		trace_start = .;
		. += TRACE_SIZE;
		trace_end = .;
	} :trace

	/* Nothing less is mapped (arch/map.h). */
	ASSERT(WHOLE_PAGES(IMAGE_BASE, IMAGE_SIZE), "the image's own memory is not whole pages")
	ASSERT(WHOLE_PAGES(SHARED_BASE, SHARED_SIZE), "memory that contexts share is not whole pages")
	ASSERT(WHOLE_PAGES(RECORD_BASE, RECORD_SIZE), "the boot record's memory is not whole pages")
	ASSERT(WHOLE_PAGES(PEER_DEVICE_BASE, PEER_DEVICE_SIZE), "peers' devices are not whole pages")

	/* Of all that is not its own, an image maps what contexts share, and nothing else. */
	ASSERT(IN_SHARED(IMAGE_TABLE, TABLE_SIZE), "the resource table is not in memory that contexts share")
	ASSERT(IN_SHARED(IMAGE_TRACE, TRACE_SIZE), "the trace is not in memory that contexts share")
	/* The linker itself says nothing of sections without content. */
	ASSERT(APART(IMAGE_TABLE, TABLE_SIZE, IMAGE_TRACE, TRACE_SIZE), "the trace overlaps the resource table")
	ASSERT(APART(IMAGE_BASE, IMAGE_SIZE, SHARED_BASE, SHARED_SIZE), "the image's own memory overlaps memory that contexts share")

	/DISCARD/ : {
		*(.comment .ARM.attributes .note*)
	}
}
