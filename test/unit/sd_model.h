/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An SD host controller with a card in it, and the driver on it in place of a bus. It answers as the
 * specifications have it and as QEMU's model does, uSDHC's way or the standard one; what comes in a
 * wrong order is an error of the command. Time passes when somebody looks at the clock.
 */
#ifndef TEST_UNIT_SD_MODEL_H
#define TEST_UNIT_SD_MODEL_H

#define DRIVER_BUS_H
#include "test/unit/unit.h"

static uint32_t bus_read(volatile uint32_t *at);
static void bus_write(volatile uint32_t *at, uint32_t word);

#include "driver/sdhci.c"

#define CARD_BLOCKS 200
#define SD_WORDS    64
#define RCA	    0x4567u

static struct {
	volatile uint32_t registers[SD_WORDS]; /* addresses alone */
	uint32_t argument, blocks, control, clock, status, mixed, mask, answer, level;
	bool usdhc;
	bool absent, old, by_bytes; /* the card: none, version 1, standard capacity */
	unsigned busy;		    /* answers until it is ready */
	int bad_block;		    /* of which the CRC is wrong; -1: none */
	bool stuck;		    /* after that, until it is started anew */
	unsigned inhibited; /* so often seen, after a write, before data can be moved anew */
	bool bad_write;	    /* the next write fails in the card, which says so when asked */
	uint32_t errors;    /* of writes, until it is asked */
	unsigned application, state;
	bool selected;
	uint32_t width;
	/* what is moved */
	bool reading, moving;
	uint32_t next, left, at;
	unsigned commands, transfers;
	uint64_t now;
	uint8_t data[CARD_BLOCKS * STORAGE_BLOCK];
} card;

static uint64_t card_ticks(void)
{
	return card.now++;
}

static void card_reset(bool usdhc)
{
	memset((void *)&card, 0, sizeof(card));
	card.usdhc = usdhc;
	card.bad_block = -1;
	card.busy = 3;
	for (size_t i = 0; i < sizeof(card.data); i++)
		card.data[i] = (uint8_t)(i * 7 + i / STORAGE_BLOCK);
}

static void raise(uint32_t bits)
{
	card.status |= bits & card.mask;
	if (bits & 0xffff0000)
		card.status |= 1u << 15;
}

/* The next block is there, or can be taken; or all of them are through. */
static void next_block(void)
{
	if (!card.left) {
		card.moving = false;
		if (!card.reading) {
			card.inhibited = 3;
			card.errors = card.bad_write ? 1u << 21 : 0; /* its own checksum failed */
		}
		raise(STATUS_TRANSFER);
	} else if (card.reading && (int)card.next == card.bad_block) {
		card.stuck = true;
		raise(1u << 21); /* data CRC */
	} else {
		raise(card.reading ? STATUS_READABLE : STATUS_WRITABLE);
	}
}

static bool begin_transfer(uint32_t mode, uint32_t how, bool reading, bool several)
{
	uint32_t block = card.by_bytes ? card.argument / STORAGE_BLOCK : card.argument;
	uint32_t count = several ? card.blocks >> 16 : 1;

	if (!card.selected || !(how & WITH_DATA) || (card.blocks & 0xfff) != STORAGE_BLOCK ||
	    !count || !!(mode & MODE_READ) != reading || !!(mode & MODE_MULTIPLE) != several ||
	    (several && !(mode & MODE_COUNT && mode & MODE_AUTO_STOP)) ||
	    (card.usdhc && card.level != (STORAGE_BLOCK / 4 << 16 | STORAGE_BLOCK / 4)) ||
	    (card.by_bytes && card.argument % STORAGE_BLOCK))
		return false;
	if (block + count > CARD_BLOCKS) {
		card.answer = 1u << 30; /* address error, and no data */
		return true;
	}
	card.reading = reading;
	card.moving = true;
	card.next = block;
	card.left = count;
	card.at = 0;
	card.transfers++;
	return true;
}

/* The card's answer to a command; false: it stays silent. */
static bool answer(unsigned number, uint32_t how, uint32_t mode)
{
	unsigned application = card.application;

	card.application = number == APP_CMD;
	card.answer = 0;
	if (card.stuck && number != GO_IDLE)
		return false;
	switch (number) {
	case GO_IDLE:
		card.state = 1;
		card.stuck = false;
		card.selected = false;
		return true;
	case SEND_IF_COND:
		card.answer = card.argument;
		return !card.old;
	case APP_CMD:
		return card.state && (card.argument == 0 || card.argument == RCA << 16);
	case SEND_OP_COND:
		if (!application || (card.argument & OP_COND_BY_BLOCK && card.old))
			return false;
		card.answer = OP_COND_VOLTAGES;
		if (card.busy) {
			card.busy--;
			return true;
		}
		card.answer |= OP_COND_READY;
		if (!card.by_bytes && card.argument & OP_COND_BY_BLOCK)
			card.answer |= OP_COND_BY_BLOCK;
		card.state = 2;
		return true;
	case ALL_SEND_CID:
		return card.state == 2 && how == ANSWER_LONG;
	case SEND_RELATIVE_ADDR:
		card.answer = RCA << 16;
		return card.state == 2;
	case SELECT_CARD:
		card.selected = card.argument == RCA << 16;
		return card.selected;
	case SET_BLOCKLEN:
		return card.selected && card.argument == STORAGE_BLOCK;
	case SEND_STATUS:
		card.answer = card.errors;
		card.errors = 0;
		return card.argument == RCA << 16;
	case SET_BUS_WIDTH:
		card.width = card.argument;
		return application && card.selected;
	case READ_SINGLE:
	case READ_MULTIPLE:
		return begin_transfer(mode, how, true, number == READ_MULTIPLE);
	case WRITE_SINGLE:
	case WRITE_MULTIPLE:
		return begin_transfer(mode, how, false, number == WRITE_MULTIPLE);
	default:
		return false;
	}
}

static void take_command(uint32_t word)
{
	uint32_t mode = card.usdhc ? card.mixed : word & 0xffff;

	card.commands++;
	if (card.absent || !answer(word >> 24, word & 0x00ff0000, mode)) {
		if (word & (3u << 16))
			raise(1u << 16); /* nobody has answered */
		else
			raise(STATUS_COMMAND);
		return;
	}
	raise(STATUS_COMMAND);
	if (card.moving)
		next_block();
}

static uint8_t *place(void)
{
	return card.data + card.next * STORAGE_BLOCK + card.at;
}

static void data_moved(void)
{
	card.at += sizeof(uint32_t);
	if (card.at == STORAGE_BLOCK) {
		card.at = 0;
		card.next++;
		card.left--;
		next_block();
	}
}

static uint32_t bus_read(volatile uint32_t *at)
{
	uint32_t word = 0;

	switch ((at - card.registers) * 4) {
	case RESPONSE:
		return card.answer;
	case DATA:
		assert_true(card.moving && card.reading);
		memcpy(&word, place(), sizeof(word));
		data_moved();
		return word;
	case PRESENT:
		if (card.inhibited && card.inhibited--)
			return PRESENT_INHIBITED;
		return card.usdhc ? USDHC_CLOCK_STABLE : 0;
	case CONTROL:
		return card.control;
	case CLOCK:
		return card.clock | (card.clock & CLOCK_INTERNAL ? CLOCK_STABLE : 0);
	case STATUS:
		return card.status;
	default:
		fail_msg("register 0x%x is read", (unsigned)(at - card.registers) * 4);
	}
	return 0;
}

static void bus_write(volatile uint32_t *at, uint32_t word)
{
	switch ((at - card.registers) * 4) {
	case BLOCKS:
		assert_false(card.moving || card.inhibited);
		card.blocks = word;
		break;
	case ARGUMENT:
		card.argument = word;
		break;
	case COMMAND:
		take_command(word);
		break;
	case DATA:
		assert_true(card.moving && !card.reading);
		memcpy(place(), &word, sizeof(word));
		data_moved();
		break;
	case CONTROL:
		card.control = word;
		break;
	case CLOCK:
		if (word & (RESET_ALL | RESET_LINES))
			card.moving = false;
		card.clock = word & ~(RESET_ALL | RESET_LINES);
		break;
	case STATUS:
		card.status &= ~word;
		break;
	case STATUS_MASK:
		card.mask = word;
		break;
	case SIGNAL_MASK:
		assert_int_equal(word, 0);
		break;
	case USDHC_MIXED:
		assert_true(card.usdhc);
		card.mixed = word;
		break;
	case USDHC_LEVEL:
		assert_true(card.usdhc);
		card.level = word;
		break;
	default:
		fail_msg("register 0x%x is written", (unsigned)(at - card.registers) * 4);
	}
}

#endif
