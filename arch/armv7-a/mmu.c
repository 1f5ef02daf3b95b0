/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A flat map of 1 MiB sections in short descriptors (ARM DDI 0406C, B3.5), from the board's list.
 * The MiB that holds the stack is split into pages, so that the page below the stack can fault.
 */
#include <string.h>

#include "arch/arch.h"
#include "boot/board.h"

#define SECTION	      (1u << 1)
#define SECTION_XN    (1u << 4)
#define SECTION_RW    (1u << 10) /* AP[2:0] = 001: only us, read and write */
#define SECTION_RO    (1u << 10 | 1u << 15)
#define SECTION_SHARE (1u << 16)
#define DEVICE	      (1u << 2)
#define NORMAL	      (1u << 12)		   /* TEX = 001: with C = B = 0 not cached */
#define CACHED	      (NORMAL | 1u << 3 | 1u << 2) /* write-back, write-allocate */
#define CODE	      (SECTION | SECTION_RO | SECTION_SHARE | CACHED)

#define PAGE_TABLE  1u
#define PAGE_XN	    (1u << 0)
#define PAGE	    (1u << 1)
#define PAGE_RW	    (1u << 4)
#define PAGE_SHARE  (1u << 10)
#define PAGE_CACHED (1u << 6 | 1u << 3 | 1u << 2)

#define SCTLR_ON    (1u << 0 | 1u << 2 | 1u << 11 | 1u << 12) /* MMU, D-cache, Z, I-cache */
#define TTBR_CACHED (1u << 6 | 1u << 3 | 1u << 1)	      /* walks: write-back, shareable */
#define ACTLR_SMP   (1u << 6) /* Cortex-A7, -A9, -A15: coherent, and caches may be on */

static const uint32_t attributes[] = {
	[MAP_ROM] = SECTION | SECTION_RO | SECTION_SHARE | CACHED | SECTION_XN,
	[MAP_RAM] = SECTION | SECTION_RW | SECTION_SHARE | CACHED | SECTION_XN,
	[MAP_SHARED] = SECTION | SECTION_RW | SECTION_SHARE | NORMAL | SECTION_XN,
	[MAP_DEVICE] = SECTION | SECTION_RW | DEVICE | SECTION_XN,
};

static uint32_t sections[4096] __attribute__((aligned(16384), section(".bss.tables")));
static uint32_t pages[256] __attribute__((aligned(1024), section(".bss.tables")));

/* The linker script's: what the program runs in, by the MiB, and a page below its stack. */
extern char code_start[], code_end[], stack_guard[];

void mmu_start(void);

static void map_guard(void)
{
	uint32_t guard = (uint32_t)stack_guard, base = guard & ~0xfffffu;

	for (uint32_t i = 0; i < 256; i++)
		pages[i] = (base + (i << 12)) | PAGE | PAGE_RW | PAGE_SHARE | PAGE_CACHED | PAGE_XN;
	pages[(guard - base) >> 12] = 0;
	sections[base >> 20] = (uint32_t)pages | PAGE_TABLE;
}

static void map_sections(uint32_t start, uint32_t end, uint32_t attribute)
{
	for (uint32_t i = start >> 20; i <= (end - 1) >> 20; i++) /* 4 GiB is an end, too */
		sections[i] = i << 20 | attribute;
}

/*
 * Old and new translation of the code are both read-only and lead to the same bytes, so nothing has
 * to be unmapped in between (ARM DDI 0406C, B3.10.1).
 */
void arch_leave_flash(struct range flash, phys_addr_t to)
{
	uint32_t start = (uint32_t)code_start, size = (uint32_t)(code_end - code_start);
	void *copy = arch_pointer(to);

	memcpy(copy, code_start, size);
	arch_clean(copy, size);
	map_sections((uint32_t)flash.base, (uint32_t)range_end(flash), attributes[MAP_DEVICE]);
	for (uint32_t at = 0; at < size; at += 1u << 20)
		sections[(start + at) >> 20] = ((uint32_t)to + at) | CODE;
	arch_clean(sections, sizeof(sections));
	__asm__ volatile("mcr p15, 0, %0, c8, c7, 0\n\t" /* TLBIALL */
			 "mcr p15, 0, %0, c7, c5, 0\n\t" /* ICIALLU */
			 "mcr p15, 0, %0, c7, c5, 6\n\t" /* BPIALL */
			 "dsb\n\tisb" ::"r"(0)
			 : "memory");
}

static void map_all(void)
{
	for (const struct board_map *m = board.maps; m < board.maps + board.map_count; m++)
		map_sections((uint32_t)m->range.base, (uint32_t)range_end(m->range),
			     attributes[m->kind]);
	map_sections((uint32_t)code_start, (uint32_t)code_end, CODE);
	map_guard();
}

void mmu_start(void)
{
	uint32_t r;

	map_all();
	__asm__ volatile("mrc p15, 0, %0, c1, c0, 1" : "=r"(r));
	__asm__ volatile("mcr p15, 0, %0, c1, c0, 1" ::"r"(r | ACTLR_SMP));
	__asm__ volatile("mcr p15, 0, %0, c8, c7, 0" ::"r"(0)); /* TLBIALL */
	__asm__ volatile("mcr p15, 0, %0, c2, c0, 2" ::"r"(0)); /* TTBCR */
	__asm__ volatile("mcr p15, 0, %0, c2, c0, 0" ::"r"((uint32_t)sections | TTBR_CACHED));
	__asm__ volatile("mcr p15, 0, %0, c3, c0, 0" ::"r"(1)); /* DACR */
	__asm__ volatile("dsb\n\tisb" ::: "memory");
	__asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(r));
	__asm__ volatile("mcr p15, 0, %0, c1, c0, 0\n\tdsb\n\tisb" ::"r"(r | SCTLR_ON) : "memory");
}
