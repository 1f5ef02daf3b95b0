/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot record: what the loader did, as fixed-format entries in reserved memory for Linux to
 * read (base/record_format.h), and what of it the console shows, a line each. Nobody waits for that
 * in a good boot: a few of the lines come when the early contexts have started, as the console has
 * room for them. All of them do after an error, or if somebody wants it so.
 */
#ifndef BOOT_RECORD_H
#define BOOT_RECORD_H

#include <stdbool.h>

#include "base/core.h"
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
 * Add an entry, with @what as boot/format.c formats it. Its line on the console:
 *	[ticks] core stage result what address size
 * in hexadecimal but for ticks,
 * as "peerboot: [    1234] 0 load   OK           b segment 0  0x5c000000 0x1234".
 */
void record(enum stage stage, int result, phys_addr_t address, size_t size, const char *what, ...)
	__attribute__((format(printf, 5, 6)));

/* Who has done what an entry is about, and when. */
struct record_who {
	core_id_t core;
	uint64_t ticks;
};

/*
 * Feature helpers: record() is about what @who has done, then, until it is about us and now again
 * (NULL). So entries are not always in the order of their ticks.
 */
void record_for(const struct record_who *who);

/*
 * As record(), for what the console shows in another way once it shows all at once; until then it
 * waits like any other.
 */
void record_unshown(enum stage stage, phys_addr_t address, size_t size, const char *what, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Have the console show all, what was passed over as well, and each entry at once from now on. An
 * entry with an error does so, and so does make's CONSOLE=now, with the first one.
 */
void record_in_full(void);
bool record_is_in_full(void);

/*
 * Show the lines of a good boot: from record_let_out() on what the console takes at once, whenever
 * record() or record_show_some() is called; by record_show_all() the rest.
 */
void record_let_out(void);
void record_show_some(void);
void record_show_all(void);

#endif
