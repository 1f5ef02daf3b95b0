/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an ELF has beside its program's own: with --orphan-handling=error a linker script has to
 * know all sections, so that none goes to a place that nobody has thought of.
 */
#include ARCH_LINK /* "arch/<arch>/link.inc" */

#define LINKER_TEXT ARCH_LINKER_TEXT
#define LINKER_DATA *(.got .got.plt) ARCH_LINKER_DATA
#define DEBUG(section) section 0 : { *(section) }

SECTIONS
{
	DEBUG(.debug_abbrev)
	DEBUG(.debug_addr)
	DEBUG(.debug_aranges)
	DEBUG(.debug_frame)
	DEBUG(.debug_info)
	DEBUG(.debug_line)
	DEBUG(.debug_line_str)
	DEBUG(.debug_loc)
	DEBUG(.debug_loclists)
	DEBUG(.debug_macinfo)
	DEBUG(.debug_macro)
	DEBUG(.debug_pubnames)
	DEBUG(.debug_pubtypes)
	DEBUG(.debug_ranges)
	DEBUG(.debug_rnglists)
	DEBUG(.debug_str)
	DEBUG(.debug_str_offsets)
	DEBUG(.debug_types)
}
