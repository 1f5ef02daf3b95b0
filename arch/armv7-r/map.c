/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An MPU's regions (ARM DDI 0406C, B5.1 and B6.1; Cortex-R5: ARM DDI 0460). Of two that meet the
 * later one counts, so each area gets regions of its own, behind those that there are. None is
 * given back: who maps an area otherwise takes new ones, and traps when there are no more.
 */
#include <stdbool.h>

#include "arch/armv7-r/mpu.h"
#include "arch/map.h"

#define XN	  (1u << 12)
#define NO_ACCESS (0u << 8)
#define RW	  (1u << 8) /* AP[2:0]: only us, read and write */
#define RO	  (5u << 8)
#define DEVICE	  (1u << 2 | 1u << 0)		/* TEX = 000, B; shareable */
#define NORMAL	  (1u << 3 | 1u << 2)		/* TEX = 001, C = B = 0: not cached; shareable */
#define CACHED	  (1u << 3 | 1u << 1 | 1u << 0) /* TEX = 001, C, B: write-back, write-allocate */
#define DRSR(r)	  ((uint32_t)(r).without << 8 | ((r).log2 - 1u) << 1 | 1u)

#define SCTLR_MPU    (1u << 0)
#define SCTLR_CACHED (1u << 2 | 1u << 11 | 1u << 12) /* D-cache, Z, I-cache */
#define SCTLR_BR     (1u << 17)			     /* what no region has is mapped, too */

/* Of p15. */
#define READ(register, value)  __asm__ volatile("mrc p15, 0, %0, " register : "=r"(value))
#define WRITE(register, value) __asm__ volatile("mcr p15, 0, %0, " register ::"r"(value) : "memory")

static const uint32_t attributes[] = {
	[MAP_NONE] = NO_ACCESS | XN,	 [MAP_CODE] = RO | CACHED,
	[MAP_ROM] = RO | CACHED | XN,	 [MAP_RAM] = RW | CACHED | XN,
	[MAP_SHARED] = RW | NORMAL | XN, [MAP_DEVICE] = RW | DEVICE | XN,
	[MAP_OWN] = RW | CACHED,	 [MAP_SHARED_READ] = RO | NORMAL | XN,
};

static unsigned used; /* regions */

static unsigned regions(void)
{
	uint32_t mpuir;

	READ("c0, c0, 4", mpuir);
	return mpuir >> 8 & 0xff;
}

static void write_region(const struct mpu_region *r, uint32_t access)
{
	if (used == regions())
		__builtin_trap();
	WRITE("c6, c2, 0", used); /* RGNR */
	used++;
	WRITE("c6, c1, 2", 0);	     /* DRSR: off while it is half of each */
	WRITE("c6, c1, 0", r->base); /* DRBAR */
	WRITE("c6, c1, 4", access);  /* DRACR */
	WRITE("c6, c1, 2", DRSR(*r));
}

void map_area(uintptr_t from, size_t size, uintptr_t higher, enum map_kind kind)
{
	struct mpu_region r;
	uint64_t taken;

	if (higher) /* nothing here is seen elsewhere than where it is */
		__builtin_trap();
	for (uint64_t left = size; left; left -= taken, from += (uintptr_t)taken) {
		taken = mpu_first_region(&r, from, left);
		write_region(&r, attributes[kind]);
	}
}

void map_changed(void)
{
	__asm__ volatile("dsb\n\tisb" ::: "memory");
}

/* Caches of these cores are nobody else's, and were made invalid at the start. */
void map_forget_lines(uintptr_t from, size_t size)
{
	(void)from, (void)size;
}

/* Regions that an earlier life of the program has left are off. */
void map_start(void)
{
	uint32_t sctlr;

	for (unsigned n = used; n < regions(); n++) {
		WRITE("c6, c2, 0", n);
		WRITE("c6, c1, 2", 0);
	}
	map_changed();
	READ("c1, c0, 0", sctlr);
	WRITE("c1, c0, 0", (sctlr & ~SCTLR_BR) | SCTLR_MPU | SCTLR_CACHED);
	__asm__ volatile("isb" ::: "memory");
}
