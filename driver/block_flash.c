/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/error.h"
#include "driver/block_flash.h"

#define STEP 0x10000u /* bytes written at once, so that who waits sees how far it is */

static uint8_t block[STORAGE_BLOCK] __attribute__((aligned(4)));

static const struct block_flash *blocks_of(const struct flash *f)
{
	return (const struct block_flash *)f;
}

static uint64_t place(const struct flash *f, uint32_t offset)
{
	const struct block_flash *b = blocks_of(f);

	return b->offset + (uint64_t)(offset / f->sector) * b->distance + offset % f->sector;
}

/* The result of an access, whose error is kept if somebody wants it. */
static int result_of(const struct flash *f, const struct error *e)
{
	if (e->code && f->error)
		*f->error = *e;
	return e->code;
}

static int write(const struct flash *f, uint64_t at, const void *data, size_t size)
{
	const struct storage *s = blocks_of(f)->storage;
	struct error e = { 0 };

	s->write(s, at, data, size, &e);
	return result_of(f, &e);
}

int block_flash_read(const struct flash *f, uint32_t offset, void *to, size_t size)
{
	const struct storage *s = blocks_of(f)->storage;
	struct error e = { 0 };

	if (!s->read(s, place(f, offset), to, size, &e))
		return 0;
	e.code = 0;
	s->read(s, place(f, offset), to, size, &e);
	return result_of(f, &e);
}

int block_flash_write(const struct flash *f, uint32_t offset, uint32_t word)
{
	uint32_t into = offset % f->sector;

	if (!into)
		memset(block, 0xff, sizeof(block));
	memcpy(block + into, &word, sizeof(word));
	if (into + sizeof(word) < f->sector)
		return 0;
	return write(f, place(f, offset - into), block, sizeof(block));
}

int block_flash_write_bytes(const struct flash *f, uint32_t offset, const uint8_t *data,
			    size_t size)
{
	int result;

	if (size >= STORAGE_BLOCK) {
		size = size < STEP ? size - size % STORAGE_BLOCK : STEP;
		result = write(f, place(f, offset), data, size);
	} else {
		memset(block, 0xff, sizeof(block));
		memcpy(block, data, size);
		result = write(f, place(f, offset), block, sizeof(block));
	}
	return result ? result : (int)size;
}

int block_flash_erase(const struct flash *f, uint32_t offset)
{
	(void)f, (void)offset;
	return 0;
}
