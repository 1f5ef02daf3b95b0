/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flash as its users see it, on storage that is written by blocks: there is nothing to erase, and
 * what a sector holds is written when its last word is. Each sector has blocks of its own, so that
 * a cut of the power tears no other one.
 */
#ifndef DRIVER_BLOCK_FLASH_H
#define DRIVER_BLOCK_FLASH_H

#include "driver/flash.h"
#include "driver/storage.h"

struct block_flash {
	/* First; with the functions below. A sector that words are written to fits a block. */
	struct flash flash;
	const struct storage *storage;
	uint64_t offset;   /* of the first sector in the storage, at a multiple of a block */
	uint32_t distance; /* from the start of a sector to that of the next: whole blocks */
};

/* Tries once more before it fails. */
int block_flash_read(const struct flash *f, uint32_t offset, void *to, size_t size);
/* Words of a sector in order, from its first to its last. */
int block_flash_write(const struct flash *f, uint32_t offset, uint32_t word);
/* At a multiple of a block, where sectors lie one behind the other. */
int block_flash_write_bytes(const struct flash *f, uint32_t offset, const uint8_t *data,
			    size_t size);
int block_flash_erase(const struct flash *f, uint32_t offset);

#endif
