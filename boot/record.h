/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot record: what the loader did, as fixed-format entries in reserved memory for Linux to
 * read (base/record_format.h) and as one line each on the console.
 */
#ifndef BOOT_RECORD_H
#define BOOT_RECORD_H

#include "base/error.h"
#include "base/range.h"
#include "base/record_format.h"

/* Start an empty record in board.record. */
void record_start(void);

/* Go on with what a loader before us recorded, if one did. */
void record_continue(void);

/* How many entries there are; and those behind so many count as dropped. */
uint32_t record_count(void);
void record_drop_behind(uint32_t count);

/*
 * Have room for at least @entries: if there is not, all that is in the record counts as dropped.
 * For what others have to find in it, whatever came before.
 */
void record_make_room(uint32_t entries);

/*
 * Add an entry, with @what as boot/format.c formats it, and print its line:
 *	[ticks] core stage result what address size
 * in hexadecimal but for ticks,
 * as "peerboot: [    1234] 0 load   OK           b segment 0  0x5c000000 0x1234".
 */
void record(enum stage stage, int result, phys_addr_t address, size_t size, const char *what, ...)
	__attribute__((format(printf, 5, 6)));

#endif
