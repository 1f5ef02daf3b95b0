/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "boot/flash/cfi_intel.h"

#define BOTH(x)	     ((uint32_t)(x) << 16 | (x)) /* chips */
#define ERASE	     BOTH(0x20)
#define PROGRAM	     BOTH(0x40)
#define CLEAR_STATUS BOTH(0x50)
#define CONFIRM	     BOTH(0xd0)
#define READ_ARRAY   BOTH(0xff)
/* status */
#define READY  BOTH(0x80)
#define FAILED BOTH(0x3a) /* erasing, programming, its voltage too low, block locked */

static const struct cfi_intel *cfi_of(const struct flash *f)
{
	return (const struct cfi_intel *)f;
}

static volatile uint32_t *word_at(const struct flash *f, uint32_t offset)
{
	return cfi_of(f)->base + offset / sizeof(uint32_t);
}

void cfi_intel_read(const struct flash *f, uint32_t offset, void *to, size_t size)
{
	for (size_t i = 0; i < size; i += sizeof(uint32_t)) {
		uint32_t word = *word_at(f, offset + (uint32_t)i);

		memcpy((uint8_t *)to + i, &word, sizeof(word));
	}
}

/* Wait for both chips, and let them be read again. */
static bool finish(const struct cfi_intel *c, volatile uint32_t *at, uint64_t limit)
{
	uint64_t start = c->ticks();
	uint32_t status;
	bool late;

	do { /* the status counts that was read after the time was over */
		late = c->ticks() - start > limit;
		status = *at;
	} while ((status & READY) != READY && !late);
	*at = CLEAR_STATUS;
	*at = READ_ARRAY;
	return (status & (READY | FAILED)) == READY;
}

int cfi_intel_write(const struct flash *f, uint32_t offset, uint32_t word)
{
	volatile uint32_t *at = word_at(f, offset);

	if (~*at & word)
		return E_FLASH_WRITE;
	*at = PROGRAM;
	*at = word;
	return finish(cfi_of(f), at, cfi_of(f)->write_limit) ? 0 : E_FLASH_WRITE;
}

int cfi_intel_erase(const struct flash *f, uint32_t offset)
{
	volatile uint32_t *at = word_at(f, offset);

	*at = ERASE;
	*at = CONFIRM;
	return finish(cfi_of(f), at, cfi_of(f)->erase_limit) ? 0 : E_FLASH_ERASE;
}
