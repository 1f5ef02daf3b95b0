/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NOR flash with Intel's command set (CFI command sets 1 and 3): two chips of 16 bits side by side,
 * so that each command and each status stands twice in a word of 32. Blocks must be unlocked. While
 * a word is programmed or a sector erased, nothing can be read from that flash, nor run in it.
 */
#ifndef BOOT_FLASH_CFI_INTEL_H
#define BOOT_FLASH_CFI_INTEL_H

#include "boot/flash/flash.h"

struct cfi_intel {
	struct flash flash; /* first; with the three functions below */
	volatile uint32_t *base;
	uint64_t (*ticks)(void); /* a counter; a chip gets so many to finish: */
	uint64_t write_limit;
	uint64_t erase_limit;
};

void cfi_intel_read(const struct flash *f, uint32_t offset, void *to, size_t size);
int cfi_intel_write(const struct flash *f, uint32_t offset, uint32_t word);
int cfi_intel_erase(const struct flash *f, uint32_t offset);

#endif
