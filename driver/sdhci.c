/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "driver/bus.h"
#include "driver/sdhci.h"

/* Registers, as words; offsets and bits of chapter 2 of the specification. */
#define BLOCKS	    0x04 /* size, count << 16 */
#define ARGUMENT    0x08
#define COMMAND	    0x0c /* transfer mode, command << 16 */
#define RESPONSE    0x10
#define DATA	    0x20
#define PRESENT	    0x24
#define CONTROL	    0x28 /* host control, power control << 8 */
#define CLOCK	    0x2c /* clock control, timeout << 16, software reset << 24 */
#define STATUS	    0x30 /* of interrupts, errors << 16 */
#define STATUS_MASK 0x34
#define SIGNAL_MASK 0x38
#define USDHC_LEVEL 0x44 /* words in its buffer with which DATA is ready: read, write << 16 */
#define USDHC_MIXED 0x48 /* its transfer mode */

#define PRESENT_INHIBITED  (1u << 0 | 1u << 1) /* command, data */
#define USDHC_CLOCK_STABLE (1u << 3)	       /* of PRESENT */

#define CONTROL_4_BITS (1u << 1)
#define CONTROL_POWER  (0xfu << 8) /* 3.3 V, on */
#define USDHC_LITTLE   (2u << 4)   /* byte order of DATA */
#define USDHC_BLOCK    (STORAGE_BLOCK / 4 * 0x10001u)

#define CLOCK_INTERNAL	 (1u << 0)
#define CLOCK_STABLE	 (1u << 1)
#define CLOCK_CARD	 (1u << 2)
#define CLOCK_BITS	 0xffffu
#define USDHC_CLOCK_ONES 0xfu	      /* reserved, and one */
#define CLOCK_TIMEOUT	 (0xeu << 16) /* the longest */
#define RESET_ALL	 (1u << 24)
#define RESET_LINES	 (1u << 25 | 1u << 26) /* command, data */

#define STATUS_COMMAND	(1u << 0)
#define STATUS_TRANSFER (1u << 1)
#define STATUS_WRITABLE (1u << 4)
#define STATUS_READABLE (1u << 5)
#define STATUS_ERRORS	0xffff8000u
#define STATUS_ALL \
	(STATUS_COMMAND | STATUS_TRANSFER | STATUS_WRITABLE | STATUS_READABLE | 0x017f0000u)

#define MODE_COUNT     (1u << 1)
#define MODE_AUTO_STOP (1u << 2)
#define MODE_READ      (1u << 4)
#define MODE_MULTIPLE  (1u << 5)

/* What is answered, and is checked of it: bits of COMMAND. */
#define NO_ANSWER   0u
#define ANSWER_LONG (1u << 16 | 1u << 19) /* R2 */
#define ANSWER_OPEN (2u << 16)		  /* R3: without a CRC */
#define ANSWER	    (2u << 16 | 1u << 19 | 1u << 20)
#define ANSWER_BUSY (3u << 16 | 1u << 19 | 1u << 20)
#define WITH_DATA   (1u << 21)

/* Commands (Physical Layer Simplified Specification, 4.7.4) */
enum {
	GO_IDLE = 0,
	ALL_SEND_CID = 2,
	SEND_RELATIVE_ADDR = 3,
	SET_BUS_WIDTH = 6, /* application's */
	SELECT_CARD = 7,
	SEND_IF_COND = 8,
	SEND_STATUS = 13,
	SET_BLOCKLEN = 16,
	READ_SINGLE = 17,
	READ_MULTIPLE = 18,
	WRITE_SINGLE = 24,
	WRITE_MULTIPLE = 25,
	SEND_OP_COND = 41, /* application's */
	APP_CMD = 55,
};

#define IF_COND		 0x1aau /* 2.7 to 3.6 V, and a pattern that comes back */
#define OP_COND_VOLTAGES 0x00ff8000u
#define OP_COND_BY_BLOCK (1u << 30) /* asked: host knows such cards; answered: it is one */
#define OP_COND_READY	 (1u << 31)

/*
 * Errors in the card's status that it answers with (4.10.1): outside the card, or not at a block;
 * of a wrong length; protected, locked; the card's own checksum, controller or another.
 */
#define CARD_ERRORS 0xe6380000u

#define SLOW	    400000u /* Hz, until a card is known */
#define FAST	    25000000u
#define MOST_BLOCKS 0xffffu

static uint32_t get(const struct sdhci *s, unsigned offset)
{
	return bus_read(s->base + offset / sizeof(uint32_t));
}

static void set(const struct sdhci *s, unsigned offset, uint32_t value)
{
	bus_write(s->base + offset / sizeof(uint32_t), value);
}

/* Until all of @mask in a register is @value. */
static bool wait(const struct sdhci *s, unsigned offset, uint32_t mask, uint32_t value)
{
	uint64_t start = s->ticks();

	while ((get(s, offset) & mask) != value)
		if (s->ticks() - start > s->patience)
			return (get(s, offset) & mask) == value;
	return true;
}

/* Until one of @bits is in the status, which is then taken back. An error ends it, and stays. */
static bool wait_for(const struct sdhci *s, uint32_t bits)
{
	uint64_t start = s->ticks();
	uint32_t status;
	bool late;

	do { /* the status counts that was read after the time was over */
		late = s->ticks() - start > s->patience;
		status = get(s, STATUS);
	} while (!(status & (bits | STATUS_ERRORS)) && !late);
	if (!(status & bits) || status & STATUS_ERRORS)
		return false;
	set(s, STATUS, status & bits);
	return true;
}

static bool reset(const struct sdhci *s, uint32_t what)
{
	set(s, CLOCK, (get(s, CLOCK) & CLOCK_BITS) | CLOCK_TIMEOUT | what);
	return wait(s, CLOCK, what, 0);
}

/*
 * The highest clock that is not above @hz. Of two dividers, uSDHC's first is a power of two, its
 * second any number up to 16; others have one, twice any number up to 1023.
 */
static bool set_clock(const struct sdhci *s, uint32_t hz)
{
	uint32_t by = (s->clock + hz - 1) / hz, power = 0;

	if (s->is_usdhc) {
		while (by > 16u << power)
			power++;
		by = ((by + (1u << power) - 1) >> power) - 1;
		set(s, CLOCK, CLOCK_TIMEOUT | (1u << power) / 2 << 8 | by << 4 | USDHC_CLOCK_ONES);
		return wait(s, PRESENT, USDHC_CLOCK_STABLE, USDHC_CLOCK_STABLE);
	}
	by /= 2;
	by += s->clock > 2 * by * hz && by;
	set(s, CLOCK, CLOCK_TIMEOUT | (by & 0xff) << 8 | by >> 8 << 6 | CLOCK_INTERNAL);
	if (!wait(s, CLOCK, CLOCK_STABLE, CLOCK_STABLE))
		return false;
	set(s, CLOCK, get(s, CLOCK) | CLOCK_CARD);
	return true;
}

/* Send a command; false if nobody answers, or not well. */
static bool command(const struct sdhci *s, unsigned number, uint32_t argument, uint32_t how,
		    uint32_t mode)
{
	if (!wait(s, PRESENT, PRESENT_INHIBITED, 0))
		return false;
	set(s, STATUS, get(s, STATUS));
	set(s, ARGUMENT, argument);
	if (s->is_usdhc) /* which looks nowhere else */
		set(s, USDHC_MIXED, mode);
	set(s, COMMAND, (s->is_usdhc ? 0 : mode) | how | number << 24);
	return wait_for(s, STATUS_COMMAND);
}

static bool application_command(const struct sdhci *s, unsigned number, uint32_t argument,
				uint32_t how, uint32_t card)
{
	return command(s, APP_CMD, card, ANSWER, 0) && command(s, number, argument, how, 0);
}

/* The card's voltages, until it is ready with its own start. */
static bool start_card(struct sdhci *s, bool version_2)
{
	uint32_t wanted = OP_COND_VOLTAGES | (version_2 ? OP_COND_BY_BLOCK : 0), answer;
	uint64_t start = s->ticks();

	do {
		if (s->ticks() - start > s->patience ||
		    !application_command(s, SEND_OP_COND, wanted, ANSWER_OPEN, 0))
			return false;
		answer = get(s, RESPONSE);
	} while (!(answer & OP_COND_READY));
	s->by_block = answer & OP_COND_BY_BLOCK;
	return true;
}

static bool start_host(const struct sdhci *s)
{
	if (!reset(s, RESET_ALL))
		return false;
	set(s, SIGNAL_MASK, 0);
	set(s, STATUS_MASK, STATUS_ALL);
	set(s, CONTROL, s->is_usdhc ? USDHC_LITTLE : CONTROL_POWER);
	if (s->is_usdhc)
		set(s, USDHC_LEVEL, USDHC_BLOCK);
	return set_clock(s, SLOW);
}

static bool find_card(struct sdhci *s)
{
	bool version_2;

	if (!command(s, GO_IDLE, 0, NO_ANSWER, 0))
		return false;
	/* Cards of version 1 do not know it. */
	version_2 = command(s, SEND_IF_COND, IF_COND, ANSWER, 0) &&
		    (get(s, RESPONSE) & 0xfff) == IF_COND;
	if (!version_2 && !reset(s, RESET_LINES))
		return false;
	if (!start_card(s, version_2) || !command(s, ALL_SEND_CID, 0, ANSWER_LONG, 0) ||
	    !command(s, SEND_RELATIVE_ADDR, 0, ANSWER, 0))
		return false;
	s->card = get(s, RESPONSE) & 0xffff0000;
	if (!command(s, SELECT_CARD, s->card, ANSWER_BUSY, 0) ||
	    !command(s, SET_BLOCKLEN, STORAGE_BLOCK, ANSWER, 0) ||
	    !application_command(s, SET_BUS_WIDTH, 2, ANSWER, s->card))
		return false;
	set(s, CONTROL, get(s, CONTROL) | CONTROL_4_BITS);
	return set_clock(s, FAST);
}

int sdhci_start(struct sdhci *s, struct error *e)
{
	s->started = start_host(s) && find_card(s);
	return s->started ? 0 :
			    error_set(e, E_STORAGE_MISSING, "%s: no card answers", s->storage.name);
}

static bool read_blocks(const struct sdhci *s, uint8_t *to, size_t count)
{
	for (; count; count--) {
		if (!wait_for(s, STATUS_READABLE))
			return false;
		for (size_t i = 0; i < STORAGE_BLOCK; i += sizeof(uint32_t)) {
			uint32_t word = get(s, DATA);

			memcpy(to, &word, sizeof(word));
			to += sizeof(word);
		}
	}
	return wait_for(s, STATUS_TRANSFER);
}

static bool write_blocks(const struct sdhci *s, const uint8_t *from, size_t count)
{
	for (; count; count--) {
		if (!wait_for(s, STATUS_WRITABLE))
			return false;
		for (size_t i = 0; i < STORAGE_BLOCK; i += sizeof(uint32_t)) {
			uint32_t word;

			memcpy(&word, from, sizeof(word));
			set(s, DATA, word);
			from += sizeof(word);
		}
	}
	return wait_for(s, STATUS_TRANSFER);
}

/* Begin to move so many blocks, at most MOST_BLOCKS. */
static bool move(const struct sdhci *s, unsigned single, uint64_t block, size_t count)
{
	uint32_t mode = single == READ_SINGLE ? MODE_READ : 0;
	bool several = count > 1;

	if (several) /* the command for several is the next number */
		mode |= MODE_MULTIPLE | MODE_COUNT | MODE_AUTO_STOP;
	/* The number of blocks is not to be written while a transfer goes on. */
	if (!wait(s, PRESENT, PRESENT_INHIBITED, 0))
		return false;
	set(s, BLOCKS, (uint32_t)count << 16 | STORAGE_BLOCK);
	return command(s, single + several, (uint32_t)(s->by_block ? block : block * STORAGE_BLOCK),
		       ANSWER | WITH_DATA, mode) &&
	       !(get(s, RESPONSE) & CARD_ERRORS);
}

/* Has the card written what it took? Its answer to the command itself came before that. */
static bool is_written(const struct sdhci *s)
{
	return command(s, SEND_STATUS, s->card, ANSWER, 0) && !(get(s, RESPONSE) & CARD_ERRORS);
}

/* Whatever state the card is in now: it is started anew when it is wanted again. */
static int end_badly(struct sdhci *s, enum error_code code, uint64_t offset, struct error *e)
{
	s->started = false;
	return error_set(e, code, "%s: 0x%llx: status 0x%x, card 0x%x", s->storage.name,
			 (unsigned long long)offset, (unsigned)get(s, STATUS),
			 (unsigned)get(s, RESPONSE));
}

static int read_run(struct sdhci *s, uint64_t block, uint8_t *to, size_t count, struct error *e)
{
	size_t now;

	for (; count; count -= now, block += now, to += now * STORAGE_BLOCK) {
		now = count < MOST_BLOCKS ? count : MOST_BLOCKS;
		if (!move(s, READ_SINGLE, block, now) || !read_blocks(s, to, now))
			return end_badly(s, E_STORAGE_READ, block * STORAGE_BLOCK, e);
	}
	return 0;
}

int sdhci_read(const struct storage *storage, uint64_t offset, void *to, size_t size,
	       struct error *e)
{
	struct sdhci *s = (struct sdhci *)storage;
	uint8_t block[STORAGE_BLOCK], *out = to;
	size_t skip, now;

	if (!s->started && sdhci_start(s, e))
		return e->code;
	for (; size; size -= now, offset += now, out += now) {
		skip = offset % STORAGE_BLOCK;
		now = size - size % STORAGE_BLOCK;
		if (!skip && now) {
			if (read_run(s, offset / STORAGE_BLOCK, out, now / STORAGE_BLOCK, e))
				return e->code;
			continue;
		}
		if (read_run(s, offset / STORAGE_BLOCK, block, 1, e))
			return e->code;
		now = STORAGE_BLOCK - skip < size ? STORAGE_BLOCK - skip : size;
		memcpy(out, block + skip, now);
	}
	return 0;
}

int sdhci_write(const struct storage *storage, uint64_t offset, const void *from, size_t size,
		struct error *e)
{
	struct sdhci *s = (struct sdhci *)storage;
	const uint8_t *in = from;
	size_t count = size / STORAGE_BLOCK, now;

	if (size % STORAGE_BLOCK || offset % STORAGE_BLOCK)
		return error_set(e, E_FLASH_WRITE, "%s: 0x%llx, 0x%zx bytes: no whole blocks",
				 s->storage.name, (unsigned long long)offset, size);
	if (!s->started && sdhci_start(s, e))
		return e->code;
	for (; count; count -= now, offset += now * STORAGE_BLOCK, in += now * STORAGE_BLOCK) {
		now = count < MOST_BLOCKS ? count : MOST_BLOCKS;
		if (!move(s, WRITE_SINGLE, offset / STORAGE_BLOCK, now) ||
		    !write_blocks(s, in, now) || !is_written(s))
			return end_badly(s, E_FLASH_WRITE, offset, e);
	}
	return 0;
}
