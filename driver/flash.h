/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flash as its users see it: read anywhere, program words from ones to zeros, erase a sector back
 * to ones. Programming and erasing can fail, and can be cut off by the end of power: each word that
 * was to be programmed then holds any mixture of what it was and what it was to be, a sector
 * likewise.
 */
#ifndef DRIVER_FLASH_H
#define DRIVER_FLASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define FLASH_ERASED 0xffffffffu

struct flash {
	uint32_t sector; /* bytes that are erased at once */
	/* Copy @size bytes from @offset. E_STORAGE_READ, E_STORAGE_MISSING: @to holds anything. */
	int (*read)(const struct flash *f, uint32_t offset, void *to, size_t size);
	/*
	 * The word at @offset, a multiple of 4. E_FLASH_WRITE, also if it would set a bit;
	 * E_STORAGE_MISSING.
	 */
	int (*write)(const struct flash *f, uint32_t offset, uint32_t word);
	/*
	 * The same for @size bytes, not 0, or as many from the first on as the flash takes at once,
	 * in an order of its own: returns how many. What is left of the last word does not change.
	 * For slots; NULL where there is none.
	 */
	int (*write_bytes)(const struct flash *f, uint32_t offset, const uint8_t *data,
			   size_t size);
	/* The sector that begins at @offset. E_FLASH_ERASE. */
	int (*erase)(const struct flash *f, uint32_t offset);
	/*
	 * What the last one that failed has said; flash on the same medium may have the same. NULL:
	 * codes say all.
	 */
	struct error *error;
};

#endif
