/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Short descriptors (ARM DDI 0406C, B3.5): sections of 1 MiB, divided into pages of 4 KiB where
 * less than one is mapped. Behind the table of sections there is room for tables of pages.
 */
#include <stdint.h>

#include "arch/map.h"

#define SECTION_SIZE 0x100000u
#define PAGE_SIZE    0x1000u
#define SECTIONS     4096
#define PAGES	     256 /* of a section */

#define SECTION	   (1u << 1)
#define SECTION_XN (1u << 4)
#define RW	   (1u << 10) /* AP[2:0] = 001: only us, read and write */
#define RO	   (RW | 1u << 15)
#define SHAREABLE  (1u << 16)
#define DEVICE	   (1u << 2)
#define NORMAL	   (SHAREABLE | 1u << 12)	/* TEX = 001: with C = B = 0 not cached */
#define CACHED	   (NORMAL | 1u << 3 | 1u << 2) /* write-back, write-allocate */

#define TABLE	  1u
#define TYPE	  3u
#define PAGE_XN	  (1u << 0) /* in a section's descriptor 4 bits higher */
#define PAGE_TEX  0x7f0u    /* with AP and S: 6 bits higher */
#define PAGE_SAME 0xeu	    /* type, C, B: in the same place */

#define SCTLR	 0x00c50078u				   /* what is always one */
#define SCTLR_ON (1u << 0 | 1u << 2 | 1u << 11 | 1u << 12) /* MMU, D-cache, Z, I-cache */
#define WALKS	 (1u << 6 | 1u << 3 | 1u << 1)		   /* write-back, shareable */

/* Of p15. */
#define READ(register, value)  __asm__ volatile("mrc p15, 0, %0, " register : "=r"(value))
#define WRITE(register, value) __asm__ volatile("mcr p15, 0, %0, " register ::"r"(value) : "memory")

static const uint32_t attributes[] = {
	[MAP_CODE] = SECTION | RO | CACHED,
	[MAP_ROM] = SECTION | RO | CACHED | SECTION_XN,
	[MAP_RAM] = SECTION | RW | CACHED | SECTION_XN,
	[MAP_SHARED] = SECTION | RW | NORMAL | SECTION_XN,
	[MAP_DEVICE] = SECTION | RW | DEVICE | SECTION_XN,
	[MAP_OWN] = SECTION | RW | CACHED,
	[MAP_SHARED_READ] = SECTION | RO | NORMAL | SECTION_XN,
};

/* No page of what is no section. */
static uint32_t page_like(uint32_t section)
{
	return (section >> 6 & PAGE_TEX) | (section >> 4 & PAGE_XN) | (section & PAGE_SAME);
}

/* The table of pages behind @section; one that is made leads where the section led. */
static uint32_t *pages_of(uint32_t *section)
{
	static uint32_t *next = (uint32_t *)mmu_table + SECTIONS;
	uint32_t old = *section, *table = next;

	if ((old & TYPE) == TABLE)
		return (uint32_t *)(old & ~(PAGES * sizeof(*table) - 1));
	if (table == (uint32_t *)mmu_table_end)
		__builtin_trap();
	next = table + PAGES;
	for (uint32_t i = 0; i < PAGES; i++)
		table[i] = (old & ~(SECTION_SIZE - 1)) | i * PAGE_SIZE | page_like(old);
	*section = (uint32_t)table | TABLE;
	return table;
}

void map_area(uintptr_t from, size_t size, uintptr_t higher, enum map_kind kind)
{
	for (uint32_t step; size; from += step, size -= step) {
		uint32_t *entry = (uint32_t *)mmu_table + from / SECTION_SIZE;
		uint32_t value = attributes[kind], to = from + higher;

		step = SECTION_SIZE;
		if ((from | to) % step || size < step) {
			step = PAGE_SIZE;
			entry = pages_of(entry) + from / PAGE_SIZE % PAGES;
			value = page_like(value);
		}
		*entry = to | value;
	}
}

void map_changed(void)
{
	__asm__ volatile("dsb" ::: "memory");
	WRITE("c8, c7, 0", 0); /* TLBIALL */
	WRITE("c7, c5, 0", 0); /* ICIALLU */
	WRITE("c7, c5, 6", 0); /* BPIALL */
	__asm__ volatile("dsb\n\tisb" ::: "memory");
}

void map_forget_lines(uintptr_t from, size_t size)
{
	uint32_t ctr, line, end = from + size;

	READ("c0, c0, 1", ctr);
	line = 4u << (ctr >> 16 & 0xf);
	for (; from < end; from += line)
		WRITE("c7, c6, 1", from); /* DCIMVAC */
	__asm__ volatile("dsb" ::: "memory");
}

void map_start(void)
{
	WRITE("c2, c0, 2", 0);				 /* TTBCR */
	WRITE("c2, c0, 0", (uint32_t)mmu_table + WALKS); /* TTBR0 */
	WRITE("c3, c0, 0", 1);				 /* DACR: domain 0 is checked */
	map_changed();
	WRITE("c1, c0, 0", SCTLR | SCTLR_ON);
	__asm__ volatile("isb" ::: "memory");
}
