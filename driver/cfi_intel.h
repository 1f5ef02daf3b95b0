/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NOR flash with Intel's command set (CFI command sets 1 and 3): two chips of 16 bits side by side,
 * so that each command and each status stands twice in a word of 32. Blocks must be unlocked. While
 * words are programmed or a sector erased, nothing can be read from that flash, nor run in it.
 */
#ifndef DRIVER_CFI_INTEL_H
#define DRIVER_CFI_INTEL_H

#include "driver/flash.h"

struct cfi_intel {
	struct flash flash; /* first; with the functions below */
	volatile uint32_t *base;
	uint32_t buffer;	 /* of cfi_intel_write_bytes(): what cfi_intel_buffer() says */
	uint64_t (*ticks)(void); /* a counter; a chip gets so many to finish: */
	uint64_t write_limit;
	uint64_t erase_limit;
};

/*
 * Bytes that chips like these program at once, less one: a mask of offsets, of a word at least. @c
 * begins where the chips do. Whoever is given it may begin elsewhere, where a buffer begins.
 */
uint32_t cfi_intel_buffer(const struct cfi_intel *c);

int cfi_intel_read(const struct flash *f, uint32_t offset, void *to, size_t size);
int cfi_intel_write(const struct flash *f, uint32_t offset, uint32_t word);
int cfi_intel_write_bytes(const struct flash *f, uint32_t offset, const uint8_t *data, size_t size);
int cfi_intel_erase(const struct flash *f, uint32_t offset);

#endif
