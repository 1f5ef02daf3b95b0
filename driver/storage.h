/* SPDX-License-Identifier: BSD-2-Clause */
/* Storage that isn't memory-mapped, as its users see it: bytes by their offset. */
#ifndef DRIVER_STORAGE_H
#define DRIVER_STORAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define STORAGE_BLOCK 512 /* bytes that are written at once, or torn together when power is cut */

struct storage {
	const char *name; /* "sd card": for messages */
	/*
	 * Copy @size bytes from @offset to @to, which may lie anywhere. E_STORAGE_MISSING: there is
	 * nobody to ask. E_STORAGE_READ, with the offset.
	 */
	int (*read)(const struct storage *s, uint64_t offset, void *to, size_t size,
		    struct error *e);
	/*
	 * Write whole blocks, at a multiple of a block. E_STORAGE_MISSING; E_FLASH_WRITE, also for
	 * anything else.
	 */
	int (*write)(const struct storage *s, uint64_t offset, const void *from, size_t size,
		     struct error *e);
};

#endif
