/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program made of the loader's code and nothing else, by cpp; its place is on the command line.
 */
#include BOARD_MEMORY_MAP

PHDRS
{
	code PT_LOAD FLAGS(5);
	data PT_LOAD FLAGS(6);
}

#include "ldscripts/in_ram.ld.S"
