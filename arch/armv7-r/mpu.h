/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regions of an MPU (PMSAv7: ARM DDI 0406C, B5.1.2): of a size that is a power of two, at a
 * multiple of it, in eighths that may each be left out. How any other range is divided into such;
 * pure: no hardware.
 */
#ifndef ARCH_ARMV7_R_MPU_H
#define ARCH_ARMV7_R_MPU_H

#include <stdint.h>

#define MPU_REGION_MIN	 12 /* log2 of bytes: what programs map is whole pages */
#define MPU_REGION_MAX	 32
#define MPU_REGION_PARTS 8

struct mpu_region {
	uint32_t base;
	uint8_t log2;	 /* of its size */
	uint8_t without; /* bit n: its n-th part is none of it */
};

/*
 * The region that takes most of the front of @size bytes from @from on, whole pages that do not run
 * over the end of 32 bits: all that it has is in there. Returns how many bytes it takes.
 */
uint64_t mpu_first_region(struct mpu_region *region, uint32_t from, uint64_t size);

#endif
