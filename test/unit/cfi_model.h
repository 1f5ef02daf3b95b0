/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two chips of flash with Intel's command set, and the driver on them in place of a bus. What they
 * don't understand they refuse, as chips do: by an error of the command's sequence in their status,
 * and nothing is programmed. Time passes when somebody looks at the clock.
 */
#ifndef TEST_UNIT_CFI_MODEL_H
#define TEST_UNIT_CFI_MODEL_H

#define DRIVER_BUS_H
#include "test/unit/unit.h"

static uint32_t bus_read(volatile uint32_t *at);
static void bus_write(volatile uint32_t *at, uint32_t word);

#include "driver/cfi_intel.c"

#define CHIP_WORDS  128
#define CHIP_BUFFER 8 /* words */
#define SEQUENCE    BOTH(0x30)
#define RESERVED    BOTH(0x7f) /* bits of the status that tells whether there is a buffer */

static struct {
	uint32_t data[CHIP_WORDS];
	uint32_t query; /* what is said of the size of the buffers */
	enum {
		SHOWS_DATA,
		SHOWS_QUERY,
		SHOWS_STATUS,
	} shows;
	enum {
		COMMAND,
		WORD_TO_PROGRAM,
		ERASE_CONFIRMED,
		BUFFER_COUNT,
		BUFFER_WORD,
		BUFFER_CONFIRMED,
	} expects;
	uint32_t errors;	/* in the status */
	uint32_t fails;		/* errors that an operation is going to end with */
	uint32_t never;		/* bits that the status never gets */
	uint64_t now, ready_at; /* ticks */
	uint64_t takes;		/* an operation */
	uint64_t buffer_takes;	/* until there is one to be filled */
	size_t first, left;	/* of a buffer: index of its command; words to come */
	uint32_t buffer[CHIP_BUFFER];
	unsigned words, buffers, erasures, refusals; /* so many */
} chip;

static uint64_t chip_ticks(void)
{
	return chip.now++;
}

static void chip_reset(void)
{
	memset(&chip, 0, sizeof(chip));
	memset(chip.data, 0xff, sizeof(chip.data));
	chip.query = BOTH(4); /* 2^4 bytes each */
}

static void chip_refuse(void)
{
	chip.errors |= SEQUENCE;
	chip.refusals++;
	chip.expects = COMMAND;
	chip.shows = SHOWS_STATUS;
}

static void chip_start(unsigned *count)
{
	*count += 1;
	chip.errors |= chip.fails;
	chip.ready_at = chip.now + chip.takes;
	chip.expects = COMMAND;
}

static void chip_give_buffer(size_t i)
{
	memset(chip.buffer, 0xff, sizeof(chip.buffer));
	chip.first = i;
	chip.ready_at = chip.now + chip.buffer_takes;
	chip.expects = BUFFER_COUNT;
}

static void chip_command(size_t i, uint32_t word)
{
	bool busy = chip.now < chip.ready_at;

	chip.shows = SHOWS_STATUS;
	if (word == CLEAR_STATUS)
		chip.errors = 0;
	else if (word == READ_ARRAY)
		chip.shows = SHOWS_DATA;
	else if (busy)
		chip_refuse();
	else if (word == QUERY && i == 0x55)
		chip.shows = SHOWS_QUERY;
	else if (word == PROGRAM)
		chip.expects = WORD_TO_PROGRAM;
	else if (word == ERASE)
		chip.expects = ERASE_CONFIRMED;
	else if (word == WRITE_BUFFER && !chip.errors)
		chip_give_buffer(i);
	else
		chip_refuse();
}

static void chip_buffer(size_t i, uint32_t word)
{
	if (i / CHIP_BUFFER != chip.first / CHIP_BUFFER) {
		chip_refuse();
		return;
	}
	chip.buffer[i % CHIP_BUFFER] = word;
	if (!--chip.left)
		chip.expects = BUFFER_CONFIRMED;
}

static void chip_flush(void)
{
	uint32_t *data = chip.data + chip.first / CHIP_BUFFER * CHIP_BUFFER;

	for (size_t i = 0; i < CHIP_BUFFER; i++)
		data[i] &= chip.buffer[i];
	chip_start(&chip.buffers);
}

static void bus_write(volatile uint32_t *at, uint32_t word)
{
	size_t i = (size_t)(at - chip.data);

	assert_true(i < CHIP_WORDS);
	if (chip.expects == BUFFER_COUNT && chip.now < chip.ready_at)
		chip.expects = COMMAND; /* there is no buffer yet */
	if (chip.expects == COMMAND) {
		chip_command(i, word);
	} else if (chip.expects == WORD_TO_PROGRAM) {
		chip.data[i] &= word;
		chip_start(&chip.words);
	} else if (chip.expects == ERASE_CONFIRMED && word == CONFIRM) {
		memset(chip.data, 0xff, sizeof(chip.data));
		chip_start(&chip.erasures);
	} else if (chip.expects == BUFFER_COUNT && (word & 0xffff) < CHIP_BUFFER &&
		   word == BOTH(word & 0xffff)) {
		chip.left = (word & 0xffff) + 1;
		chip.expects = BUFFER_WORD;
	} else if (chip.expects == BUFFER_WORD) {
		chip_buffer(i, word);
	} else if (chip.expects == BUFFER_CONFIRMED && word == CONFIRM) {
		chip_flush();
	} else {
		chip_refuse();
	}
}

static uint32_t bus_read(volatile uint32_t *at)
{
	size_t i = (size_t)(at - chip.data);

	assert_true(i < CHIP_WORDS);
	if (chip.shows == SHOWS_DATA)
		return chip.data[i];
	if (chip.shows == SHOWS_QUERY)
		return i == 0x2a ? chip.query : 0;
	if (chip.now < chip.ready_at)
		return 0;
	if (chip.expects == BUFFER_COUNT)
		return (READY | RESERVED) & ~chip.never;
	return (READY | chip.errors) & ~chip.never;
}

#endif
