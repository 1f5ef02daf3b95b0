/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A flat map of 1 MiB sections (ARM DDI 0406C, B3.5): own memory cached, shared memory normal and
 * non-cacheable, the board's devices for peers, everything else unmapped. Of what the loader
 * has left, the pristine tables are needed; their section is to be read only.
 */
#include <stddef.h>
#include <stdint.h>

#include BOARD_MEMORY_MAP
#include "images/lib/mmu.h"

#define SECTION_SIZE	   0x100000u
#define SECTION		   (2u << 0)
#define SECTION_XN	   (1u << 4)
#define SECTION_PRIVILEGED (1u << 10)		/* AP: read and write, privileged only */
#define SECTION_READ_ONLY  (1u << 15)		/* AP[2] */
#define SECTION_SHAREABLE  (1u << 16)		/* inner: what `dmb ish` is about */
#define SECTION_WRITE_BACK (1u << 12 | 3u << 2) /* TEX 1, C, B: write-back, write-allocate */
#define SECTION_UNCACHED   (1u << 12)		/* TEX 1: normal, non-cacheable */
#define SECTION_DEVICE	   (1u << 2)		/* B: device, nGnRE */

#define TABLE_WALKS (1u << 6 | 1u << 3 | 1u << 1) /* TTBR0: write-back, write-allocate, shareable */
#define SCTLR_ON    (1u << 0 | 1u << 2 | 1u << 11 | 1u << 12) /* MMU, D-cache, Z, I-cache */
#define SCTLR_OFF   (1u << 1 | 1u << 28 | 1u << 29) /* alignment faults, TEX remap, access flag */

#define SECTIONS 4096

/* Linker script: our own memory, and room for the table outside everything that is loaded. */
extern char private_start[], private_end[];
extern volatile uint32_t mmu_table[SECTIONS];

/*
 * Of what we wrote without caches, other cores' may hold what was there before, and show us that
 * once ours are on. All that is in RAM, and whoever loaded us has cleaned its caches, so no
 * line holds anything that is needed. QEMU has no caches: no test shows it.
 */
static inline void forget_lines(void)
{
	uint32_t ctr, line;

	__asm__ volatile("mrc p15, 0, %0, c0, c0, 1" : "=r"(ctr)); /* CTR */
	line = 4u << (ctr >> 16 & 0xf);
	for (const char *at = private_start; at < private_end; at += line)
		__asm__ volatile("mcr p15, 0, %0, c7, c6, 1" ::"r"(at) : "memory"); /* DCIMVAC */
	__asm__ volatile("dsb" ::: "memory");
}

void mmu_enable(void)
{
	const struct {
		uint32_t base, end, attributes;
	} map[] = {
		{ (uint32_t)private_start, (uint32_t)private_end, SECTION_WRITE_BACK },
		{ SHARED_BASE, SHARED_BASE + SHARED_SIZE, SECTION_UNCACHED | SECTION_XN },
		{ RECORD_BASE, RECORD_BASE + RECORD_SIZE,
		  SECTION_UNCACHED | SECTION_XN | SECTION_READ_ONLY },
		{ PEER_DEVICE_BASE, PEER_DEVICE_BASE + PEER_DEVICE_SIZE,
		  SECTION_DEVICE | SECTION_XN },
	};
	uint32_t control;

	for (size_t n = 0; n < SECTIONS; n++)
		mmu_table[n] = 0;
	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		for (uint32_t n = map[i].base / SECTION_SIZE; n <= (map[i].end - 1) / SECTION_SIZE;
		     n++)
			mmu_table[n] = n * SECTION_SIZE | map[i].attributes | SECTION |
				       SECTION_PRIVILEGED | SECTION_SHAREABLE;
	__asm__ volatile("dsb" ::: "memory");
	__asm__ volatile("mcr p15, 0, %0, c2, c0, 2" ::"r"(0)); /* TTBCR */
	__asm__ volatile("mcr p15, 0, %0, c2, c0, 0" ::"r"((uint32_t)mmu_table | TABLE_WALKS));
	__asm__ volatile("mcr p15, 0, %0, c3, c0, 0" ::"r"(1)); /* DACR: domain 0 is checked */
	__asm__ volatile("isb");
	__asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(control));
	control = (control | SCTLR_ON) & ~SCTLR_OFF;
	forget_lines();
	__asm__ volatile("mcr p15, 0, %0, c1, c0, 0\n\tisb" ::"r"(control) : "memory");
}

void mmu_map_device(uint32_t address, bool mapped)
{
	uint32_t n = address / SECTION_SIZE;

	mmu_table[n] = mapped ? n * SECTION_SIZE | SECTION_DEVICE | SECTION_XN | SECTION |
					SECTION_PRIVILEGED | SECTION_SHAREABLE :
				0;
	__asm__ volatile("dsb" ::: "memory");
	__asm__ volatile("mcr p15, 0, %0, c8, c7, 1" ::"r"(n * SECTION_SIZE)); /* TLBIMVA */
	__asm__ volatile("dsb\n\tisb" ::: "memory");
}
