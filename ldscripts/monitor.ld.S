/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The monitor, in Secure RAM. The loader clears its memory, then copies what is in the file. Where it
 * runs by the maps of Secure contexts, data is in pages of its own: they map the code read-only, and
 * the data uncached, as it is written by cores whose caches are off.
 */
#include BOARD_MEMORY_MAP
#include "ldscripts/elf.ld.S"

#ifdef MONITOR_CODE_SIZE
#define DATA_BASE MONITOR_BASE + MONITOR_CODE_SIZE
#define CODE_END  MONITOR_BASE + MONITOR_CODE_SIZE
#else
#define DATA_BASE ALIGN(64)
#define CODE_END  MONITOR_BASE + MONITOR_SIZE
#endif

OUTPUT_FORMAT(ARCH_OUTPUT_FORMAT)
ENTRY(monitor_head)

SECTIONS
{
	.text MONITOR_BASE : {
		KEEP(*(.head))
		/* If there are vectors behind it, what fits in front of these: else any code. */
		*(.text.caches_clean .text.level_by_set_way .text.memcpy .text.memcmp .text.redistributor)
		KEEP(*(.head.self))
		*(.text.memset .text.monitor_fiq .text.monitor_context_of .text.cfi_intel_erase .text.cfi_intel_write
			.text.platform_kick .text.clock_ticks)
		KEEP(*(.head.below))
		*(.text .text.*)
		*(.rodata .rodata.*)
		LINKER_TEXT
		. = ALIGN(8);
		text_end = .;
	}
	.data DATA_BASE : {
		*(.data .data.*)
		LINKER_DATA
		. = ALIGN(8);
	}
	.bss (NOLOAD) : {
		*(.bss .bss.* COMMON)
	}
	PROVIDE(monitor_self = MONITOR_BASE + 512);
	PROVIDE(monitor_below = MONITOR_BASE + 1024);
	ASSERT(monitor_self == MONITOR_BASE + 512, "the vectors of its own exceptions are not in their place")
	ASSERT(monitor_below == MONITOR_BASE + 1024, "the vectors of exceptions from below are not in their place")
	ASSERT(. <= MONITOR_BASE + MONITOR_SIZE, "the monitor does not fit into its memory")
	ASSERT(text_end - MONITOR_BASE <= MONITOR_LIMIT, "the monitor is too large")
	ASSERT(SIZEOF(.data) == 0, "initialised data: the file would have all that is between it and the code")
	ASSERT(text_end <= CODE_END, "its code is larger than the map's room for it")
	.ARM.attributes 0 : { *(.ARM.attributes) }
	/DISCARD/ : { ARCH_NO_CODE *(.comment) *(.note*) *(.eh_frame*) }
}
