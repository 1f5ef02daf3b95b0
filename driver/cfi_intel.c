/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "driver/bus.h"
#include "driver/cfi_intel.h"

#define WORD	     sizeof(uint32_t)
#define BOTH(x)	     ((uint32_t)(x) << 16 | (uint32_t)(x)) /* chips */
#define ERASE	     BOTH(0x20)
#define PROGRAM	     BOTH(0x40)
#define CLEAR_STATUS BOTH(0x50)
#define QUERY	     BOTH(0x98)
#define CONFIRM	     BOTH(0xd0)
#define WRITE_BUFFER BOTH(0xe8)
#define READ_ARRAY   BOTH(0xff)
/* status */
#define READY  BOTH(0x80)
#define FAILED BOTH(0x3a) /* erasing, programming, its voltage too low, block locked */
/* of a chip, in its words of 16 bits */
#define QUERY_AT    0x55
#define BUFFER_SIZE 0x2a /* 2^n bytes; 0: it has none */
#define LARGEST	    0xf	 /* n of which a count of 16 bits can say as much */

static const struct cfi_intel *cfi_of(const struct flash *f)
{
	return (const struct cfi_intel *)f;
}

static volatile uint32_t *word_at(const struct flash *f, uint32_t offset)
{
	return cfi_of(f)->base + offset / WORD;
}

uint32_t cfi_intel_buffer(const struct cfi_intel *c)
{
	uint32_t n;

	bus_write(c->base + QUERY_AT, QUERY);
	n = bus_read(c->base + BUFFER_SIZE) & LARGEST;
	bus_write(c->base, READ_ARRAY);
	return ((2u << n) - 1) | (WORD - 1);
}

int cfi_intel_read(const struct flash *f, uint32_t offset, void *to, size_t size)
{
	for (size_t i = 0; i < size; i += WORD) {
		uint32_t word = bus_read(word_at(f, offset + (uint32_t)i));

		memcpy((uint8_t *)to + i, &word, sizeof(word));
	}
	return 0;
}

/* Wait for both chips: are they ready, and is nothing else of @bits set in their status? */
static bool wait(const struct cfi_intel *c, volatile uint32_t *at, uint64_t limit, uint32_t bits)
{
	uint64_t start = c->ticks();
	uint32_t status;
	bool late;

	do { /* the status counts that was read after the time was over */
		late = c->ticks() - start > limit;
		status = bus_read(at);
	} while ((status & READY) != READY && !late);
	return (status & bits) == READY;
}

/* Let the chips be read again. */
static void end(volatile uint32_t *at)
{
	bus_write(at, CLEAR_STATUS);
	bus_write(at, READ_ARRAY);
}

/* Wait until all is done. */
static bool finish(const struct cfi_intel *c, volatile uint32_t *at, uint64_t limit)
{
	bool done = wait(c, at, limit, READY | FAILED);

	end(at);
	return done;
}

int cfi_intel_write(const struct flash *f, uint32_t offset, uint32_t word)
{
	volatile uint32_t *at = word_at(f, offset);

	if (~bus_read(at) & word)
		return E_FLASH_WRITE;
	bus_write(at, PROGRAM);
	bus_write(at, word);
	return finish(cfi_of(f), at, cfi_of(f)->write_limit) ? 0 : E_FLASH_WRITE;
}

/* The first of so many bytes as a word; what is behind them stays as it is. */
static uint32_t first_word(const uint8_t *data, size_t size)
{
	uint32_t word = FLASH_ERASED;

	memcpy(&word, data, size < sizeof(word) ? size : sizeof(word));
	return word;
}

/* By the chips' buffers, when they have one to be filled. */
static bool program(const struct cfi_intel *c, volatile uint32_t *at, const uint8_t *data,
		    size_t size)
{
	bus_write(at, WRITE_BUFFER);
	if (!wait(c, at, c->write_limit, READY)) {
		end(at);
		return false;
	}
	bus_write(at, BOTH((size - 1) / WORD));
	for (size_t i = 0; i < size; i += WORD)
		bus_write(at + i / WORD, first_word(data + i, size - i));
	bus_write(at, CONFIRM);
	return finish(c, at, c->write_limit);
}

int cfi_intel_write_bytes(const struct flash *f, uint32_t offset, const uint8_t *data, size_t size)
{
	volatile uint32_t *at = word_at(f, offset);
	size_t room = (~offset & cfi_of(f)->buffer) + 1;
	bool done;

	if (size > room)
		size = room;
	for (size_t i = 0; i < size; i += WORD)
		if (~bus_read(at + i / WORD) & first_word(data + i, size - i))
			return E_FLASH_WRITE;
	if (size > WORD)
		done = program(cfi_of(f), at, data, size);
	else
		done = !cfi_intel_write(f, offset, first_word(data, size));
	return done ? (int)size : E_FLASH_WRITE;
}

int cfi_intel_erase(const struct flash *f, uint32_t offset)
{
	volatile uint32_t *at = word_at(f, offset);

	bus_write(at, ERASE);
	bus_write(at, CONFIRM);
	return finish(cfi_of(f), at, cfi_of(f)->erase_limit) ? 0 : E_FLASH_ERASE;
}
