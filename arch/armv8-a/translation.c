/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include "arch/armv8-a/system.h"
#include "arch/armv8-a/translation.h"

#define FIRST_LEVEL 1u /* what 39 bits start at: 512 GiB in pieces of 1 GiB */
#define LAST_LEVEL  3u

#define BLOCK	  1ull
#define TABLE	  3ull /* and a page, on the last level */
#define ADDRESS	  0x0000fffffffff000ull
#define INNER	  (3ull << 8) /* shareable */
#define ACCESSED  (1ull << 10)
#define EL2_ONES  (1ull << 6)  /* AP[1] … */
#define EL2_ZEROS (1ull << 53) /* … and PXN, which only EL1 knows */

#define MAIR (0x04ull | 0xffull << 8 | 0x44ull << 16) /* in the order of TRANSLATION_… */

#define TCR_T0SZ   (64ull - 39)
#define TCR_WALKS  (1ull << 8 | 1ull << 10 | 3ull << 12) /* write-back, inner shareable */
#define TCR_EPD1   (1ull << 23)				 /* EL2: always one */
#define TCR_EL1_PA (2ull << 32)				 /* 40 bits */
#define TCR_EL2_PA (2ull << 16 | 1ull << 31)

#define SCTLR_ON  (1ull << 0 | 1ull << 2 | 1ull << 12) /* MMU, data and instruction cache */
#define SCTLR_EL1 0x30d00800ull			       /* what is always one */
#define SCTLR_EL2 0x30c50830ull

static unsigned shift_of(unsigned level)
{
	return 39 - 9 * level;
}

/* The table behind an entry; one that is made leads where the entry led. */
static uint64_t *next_table(struct translation *t, uint64_t *entry, unsigned level)
{
	uint64_t *table, old = *entry;

	if ((old & TABLE) == TABLE)
		return (uint64_t *)(uintptr_t)(old & ADDRESS);
	if (t->used == t->tables)
		return NULL;
	table = t->table[t->used++];
	for (uint64_t i = 0; old && i < TRANSLATION_ENTRIES; i++)
		table[i] = (old + (i << shift_of(level + 1))) |
			   (level + 1 == LAST_LEVEL ? TABLE : BLOCK);
	*entry = (uintptr_t)table | TABLE;
	return table;
}

static bool map(struct translation *t, uint64_t *table, unsigned level, struct range range,
		phys_addr_t to, uint64_t attributes)
{
	uint64_t size = 1ull << shift_of(level), kind = level == LAST_LEVEL ? TABLE : BLOCK;
	phys_addr_t end = range_end(range), stop;

	for (phys_addr_t at = range.base; at < end; to += stop - at, at = stop) {
		uint64_t *entry = &table[at >> shift_of(level) & (TRANSLATION_ENTRIES - 1)], *next;

		stop = (at | (size - 1)) + 1;
		if (stop > end)
			stop = end;
		if (stop - at == size && !(to & (size - 1))) {
			*entry = attributes ? to | attributes | kind : 0;
			continue;
		}
		next = next_table(t, entry, level);
		if (!next ||
		    !map(t, next, level + 1, (struct range){ at, stop - at }, to, attributes))
			return false;
	}
	return true;
}

bool translation_map(struct translation *t, struct range range, phys_addr_t to, uint64_t attributes)
{
	if (attributes == TRANSLATION_NONE)
		attributes = 0;
	else
		attributes |= INNER | ACCESSED;
	if (attributes && at_el2())
		attributes = (attributes & ~EL2_ZEROS) | EL2_ONES;
	return map(t, t->table[0], FIRST_LEVEL, range, to, attributes);
}

void translation_changed(void)
{
	__asm__ volatile("dsb ish" ::: "memory");
	if (at_el2())
		__asm__ volatile("tlbi alle2");
	else
		__asm__ volatile("tlbi vmalle1");
	__asm__ volatile("dsb ish\n\tic iallu\n\tdsb ish\n\tisb" ::: "memory");
}

void translation_start(const struct translation *t, struct range uncached)
{
	const uint64_t tcr = TCR_T0SZ | TCR_WALKS | TCR_EPD1, line = data_line();

	el_write(mair, MAIR);
	el_write(tcr, tcr | (at_el2() ? TCR_EL2_PA : TCR_EL1_PA));
	el_write(ttbr0, (uintptr_t)t->table[0]);
	translation_changed();
	for (phys_addr_t at = uncached.base; at < range_end(uncached); at += line)
		__asm__ volatile("dc ivac, %0" ::"r"(at) : "memory");
	__asm__ volatile("dsb sy" ::: "memory");
	el_write(sctlr, SCTLR_ON | (at_el2() ? SCTLR_EL2 : SCTLR_EL1));
	__asm__ volatile("isb" ::: "memory");
}
