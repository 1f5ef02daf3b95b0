/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef IMAGES_LIB_MMU_H
#define IMAGES_LIB_MMU_H

#include <stdbool.h>
#include <stdint.h>

/* Set up the map that images start with. The start code calls it. */
void mmu_enable(void);

/*
 * Map the MiB that contains @address as device memory, or unmap it again. Nothing else in that MiB
 * may be mapped.
 */
void mmu_map_device(uint32_t address, bool mapped);

#endif
