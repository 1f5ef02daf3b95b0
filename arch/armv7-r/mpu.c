/* SPDX-License-Identifier: BSD-2-Clause */
#include "arch/armv7-r/mpu.h"

/* How much of it a region of that size takes: parts in a row, the first at @from. */
static uint64_t reach(unsigned log2, uint32_t from, uint64_t size)
{
	const uint64_t part = (1ull << log2) / MPU_REGION_PARTS;
	const uint64_t room = (1ull << log2) - (from & ((1ull << log2) - 1));

	return from % part ? 0 : (size < room ? size : room) & ~(part - 1);
}

uint64_t mpu_first_region(struct mpu_region *region, uint32_t from, uint64_t size)
{
	uint64_t part, taken = 0;
	uint32_t first;

	for (uint8_t log2 = MPU_REGION_MIN; log2 <= MPU_REGION_MAX; log2++)
		if (reach(log2, from, size) > taken) {
			taken = reach(log2, from, size);
			region->log2 = log2;
		}
	part = (1ull << region->log2) / MPU_REGION_PARTS;
	region->base = from & (uint32_t) ~((1ull << region->log2) - 1);
	first = (uint32_t)((from - region->base) / part);
	region->without = (uint8_t) ~(((1u << taken / part) - 1) << first);
	return taken;
}
