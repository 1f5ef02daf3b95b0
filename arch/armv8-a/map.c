/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stage 1 translation (ARM DDI 0487, D8): 39 bits, granule of 4 KiB, as large blocks as fit. Of the
 * tables, a page each, the first is where walks start.
 */
#include <stdint.h>

#include "arch/armv8-a/system.h"
#include "arch/map.h"

#define ENTRIES	    512 /* of a table */
#define FIRST_LEVEL 1u	/* what 39 bits start at: 512 GiB in pieces of 1 GiB */
#define LAST_LEVEL  3u

#define BLOCK	 1ull
#define TABLE	 3ull /* and a page, on the last level */
#define ADDRESS	 0x0000fffffffff000ull
#define INNER	 (3ull << 8) /* shareable */
#define ACCESSED (1ull << 10)
#define ONES	 (1ull << 6)  /* AP[1] … */
#define ZEROS	 (1ull << 53) /* … and PXN, which only EL1 knows */

/* Memory types by their numbers in MAIR. */
#define MAIR	 (0x04ull | 0xffull << 8 | 0x44ull << 16)
#define DEVICE	 (0ull << 2 | XN)	   /* nGnRE */
#define CACHED	 (1ull << 2)		   /* write-back, allocating */
#define UNCACHED (2ull << 2 | XN)	   /* normal */
#define RO	 (1ull << 7)		   /* AP[2] */
#define XN	 (1ull << 54 | 1ull << 53) /* UXN, or XN above EL1, and PXN */

#define TCR_T0SZ   (64ull - 39)
#define TCR_WALKS  (1ull << 8 | 1ull << 10 | 3ull << 12) /* write-back, inner shareable */
#define TCR_EPD1   (1ull << 23)				 /* above EL1: always one */
#define TCR_EL1_PA (2ull << 32)				 /* 40 bits */
#define TCR_PA	   (2ull << 16 | 1ull << 31)		 /* above EL1 */

#define SCTLR_ON  (1ull << 0 | 1ull << 2 | 1ull << 12) /* MMU, data and instruction cache */
#define SCTLR_EL1 0x30d00800ull			       /* what is always one */
#define SCTLR	  0x30c50830ull			       /* above EL1 */

typedef uint64_t table[ENTRIES];

static const uint64_t attributes[] = {
	[MAP_CODE] = CACHED | RO,	   [MAP_ROM] = CACHED | RO | XN, [MAP_RAM] = CACHED | XN,
	[MAP_SHARED] = UNCACHED,	   [MAP_DEVICE] = DEVICE,	 [MAP_OWN] = CACHED,
	[MAP_SHARED_READ] = UNCACHED | RO,
};

static bool is_el1(void)
{
	return level() == 1;
}

static unsigned shift_of(unsigned level)
{
	return 39 - 9 * level;
}

/* The table behind an entry; one that is made leads where the entry led. */
static uint64_t *next_table(uint64_t *entry, unsigned level)
{
	static unsigned used = 1;
	uint64_t *next, old = *entry;

	if ((old & TABLE) == TABLE)
		return (uint64_t *)(uintptr_t)(old & ADDRESS);
	next = (uint64_t *)((table *)mmu_table + used);
	if (next == (uint64_t *)mmu_table_end)
		__builtin_trap();
	used++;
	for (uint64_t i = 0; old && i < ENTRIES; i++)
		next[i] = (old + (i << shift_of(level + 1))) |
			  (level + 1 == LAST_LEVEL ? TABLE : BLOCK);
	*entry = (uintptr_t)next | TABLE;
	return next;
}

static void map(uint64_t *in, unsigned level, uint64_t from, uint64_t end, uint64_t higher,
		uint64_t descriptor)
{
	uint64_t size = 1ull << shift_of(level), kind = level == LAST_LEVEL ? TABLE : BLOCK, stop;

	for (; from < end; from = stop) {
		uint64_t *entry = &in[from >> shift_of(level) & (ENTRIES - 1)];

		stop = (from | (size - 1)) + 1;
		if (stop > end)
			stop = end;
		if (stop - from == size && !(higher & (size - 1)))
			*entry = descriptor ? (from + higher) | descriptor | kind : 0;
		else
			map(next_table(entry, level), level + 1, from, stop, higher, descriptor);
	}
}

void map_area(uintptr_t from, size_t size, uintptr_t higher, enum map_kind kind)
{
	uint64_t descriptor = kind ? attributes[kind] | INNER | ACCESSED : 0;

	if (kind && !is_el1())
		descriptor = (descriptor & ~ZEROS) | ONES;
	map((uint64_t *)mmu_table, FIRST_LEVEL, from, from + size, higher, descriptor);
}

void map_changed(void)
{
	__asm__ volatile("dsb ish" ::: "memory");
	if (level() == 3)
		__asm__ volatile("tlbi alle3");
	else if (level() == 2)
		__asm__ volatile("tlbi alle2");
	else
		__asm__ volatile("tlbi vmalle1");
	__asm__ volatile("dsb ish\n\tic iallu\n\tdsb ish\n\tisb" ::: "memory");
}

void map_forget_lines(uintptr_t from, size_t size)
{
	const uint64_t line = data_line(), end = from + size;

	for (; from < end; from += line)
		__asm__ volatile("dc ivac, %0" ::"r"(from) : "memory");
	__asm__ volatile("dsb sy" ::: "memory");
}

void map_start(void)
{
	const uint64_t tcr = TCR_T0SZ | TCR_WALKS | TCR_EPD1;

	el_write(mair, MAIR);
	el_write(tcr, tcr | (is_el1() ? TCR_EL1_PA : TCR_PA));
	el_write(ttbr0, (uintptr_t)mmu_table);
	map_changed();
	el_write(sctlr, SCTLR_ON | (is_el1() ? SCTLR_EL1 : SCTLR));
	__asm__ volatile("isb" ::: "memory");
}
