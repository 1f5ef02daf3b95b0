/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef IMAGES_LIB_MMU_H
#define IMAGES_LIB_MMU_H

#include <stdbool.h>
#include <stdint.h>

/* The map that images start with; the start code calls it. */
void mmu_enable(void);

/* The MiB around @address, of which nothing is mapped yet: as a device's, or unmapped again. */
void mmu_map_device(uint32_t address, bool mapped);

#endif
