/* SPDX-License-Identifier: BSD-2-Clause */
/* Nothing but a resource table, at IMAGE_TABLE: a name in memory_map.h, from the command line. */
#include BOARD_MEMORY_MAP

#include ARCH_LINK

OUTPUT_FORMAT(ARCH_OUTPUT_FORMAT)

PHDRS
{
	table PT_LOAD FLAGS(6);
}

SECTIONS
{
	.resource_table IMAGE_TABLE : {
		KEEP(*(.resource_table))
	} :table
	ASSERT(SIZEOF(.resource_table) <= TABLE_SIZE, "the resource table is too large")

	/DISCARD/ : {
		*(*)
	}
}
