/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/feature/recovery/ymodem.h"

#define CRC_WANTED 'C'

/* What asks for the expected block once more. NAK would make a sender that has not yet begun a file
 * go back to checksums. */
static const struct {
	uint8_t again;
	unsigned silences; /* that are put up with */
} states[YMODEM_STATES] = {
	[YMODEM_HEADER] = { CRC_WANTED, YMODEM_STARTS },
	[YMODEM_FIRST] = { CRC_WANTED, YMODEM_SILENCES },
	[YMODEM_DATA] = { XMODEM_NAK, YMODEM_SILENCES },
	[YMODEM_LAST] = { CRC_WANTED, YMODEM_SILENCES },
};

static void answer(struct ymodem *y, const uint8_t *data, size_t size)
{
	y->answer = (struct bytes){ data, size };
	y->wait = y->state == YMODEM_HEADER ? YMODEM_START_WAIT : YMODEM_BLOCK_WAIT;
}

static int acknowledge(struct ymodem *y)
{
	static const uint8_t ack[] = { XMODEM_ACK, CRC_WANTED };

	/* In front of a file's first block, and of what comes behind it, CRC is asked for anew. */
	answer(y, ack, y->state == YMODEM_DATA ? 1 : 2);
	return YMODEM_MORE;
}

static int ask_again(struct ymodem *y)
{
	y->retries++;
	y->purging = false;
	block_restart(&y->block);
	answer(y, &states[y->state].again, 1);
	return YMODEM_MORE;
}

/* @e has the error: five times, for one or two may get lost in noise. */
static int cancel(struct ymodem *y, const struct error *e)
{
	static const uint8_t cancels[] = { XMODEM_CAN, XMODEM_CAN, XMODEM_CAN, XMODEM_CAN,
					   XMODEM_CAN };

	answer(y, cancels, sizeof(cancels));
	return e->code;
}

static int finish(struct ymodem *y)
{
	static const uint8_t ack = XMODEM_ACK;

	answer(y, &ack, 1);
	return 0;
}

void ymodem_start(struct ymodem *y, uint8_t *to, size_t room)
{
	memset(y, 0, sizeof(*y));
	y->to = to;
	y->room = room;
	answer(y, &states[YMODEM_HEADER].again, 1);
}

/* A block has come that leads on. */
static void expect(struct ymodem *y, enum ymodem_state state)
{
	y->state = state;
	y->silences = y->errors = 0;
	y->ended = false;
}

static int count_error(struct ymodem *y, struct error *e)
{
	if (++y->errors < YMODEM_ERRORS)
		return 0;
	error_set(e, E_TRANSFER_NOISE,
		  "%u blocks in a row damaged or sent twice, after 0x%zx bytes", y->errors, y->got);
	return cancel(y, e);
}

static int take_header(struct ymodem *y, struct error *e)
{
	if (y->block.number)
		error_set(e, E_TRANSFER_HEADER, "block %u comes first: not YMODEM",
			  (unsigned)y->block.number);
	else if (header_read(&y->file, y->block.data, e))
		; /* it says why */
	else if (!y->file.name[0] || (y->file.has_size && !y->file.size))
		error_set(e, E_TRANSFER_SHORT, "no file, or an empty one");
	else if (y->file.size > y->room)
		error_set(e, E_TRANSFER_LARGE, "%s: 0x%x bytes, room for 0x%zx", y->file.name,
			  (unsigned)y->file.size, y->room);
	if (e->code)
		return cancel(y, e);
	expect(y, YMODEM_FIRST);
	y->expected = 1;
	return acknowledge(y);
}

/* The last block is filled up with anything, if the header has told where the file ends. */
static int store(struct ymodem *y, struct bytes data, struct error *e)
{
	size_t limit = y->file.has_size ? y->file.size : y->room;
	size_t size = data.size;

	if (y->file.has_size && y->got == limit)
		return error_set(e, E_TRANSFER_ORDER, "%s: more blocks than 0x%zx bytes",
				 y->file.name, limit);
	if (!y->file.has_size && size > limit - y->got)
		return error_set(e, E_TRANSFER_LARGE, "%s: more than the room of 0x%zx bytes",
				 y->file.name, limit);
	if (size > limit - y->got)
		size = limit - y->got;
	memcpy(y->to + y->got, data.data, size);
	y->got += size;
	return 0;
}

static int take_data(struct ymodem *y, struct error *e)
{
	uint8_t before = (uint8_t)(y->expected - 1);

	if (y->block.number == before) { /* our answer got lost */
		y->retries++;
		return count_error(y, e) ? e->code : acknowledge(y);
	}
	if (y->block.number != y->expected) {
		error_set(e, E_TRANSFER_ORDER, "block %u in place of %u, after 0x%zx bytes",
			  (unsigned)y->block.number, (unsigned)y->expected, y->got);
		return cancel(y, e);
	}
	if (store(y, y->block.data, e))
		return cancel(y, e);
	expect(y, YMODEM_DATA);
	y->expected++;
	return acknowledge(y);
}

static int take_last(struct ymodem *y, struct error *e)
{
	struct file_header next;

	if (!y->block.number && !header_read(&next, y->block.data, e) && !next.name[0])
		return finish(y);
	error_set(e, E_TRANSFER_HEADER, "a second file: send one alone");
	return cancel(y, e);
}

static int take_block(struct ymodem *y, struct error *e)
{
	switch (y->state) {
	case YMODEM_HEADER:
		return take_header(y, e);
	case YMODEM_LAST:
		return take_last(y, e);
	default:
		return take_data(y, e);
	}
}

static int damage(struct ymodem *y, struct error *e)
{
	if (count_error(y, e))
		return e->code;
	y->purging = true;
	y->purged = 0;
	y->wait = YMODEM_QUIET;
	return YMODEM_MORE;
}

/* A single EOT may be noise: only the second one in a row is believed. */
static int take_end(struct ymodem *y, struct error *e)
{
	if (y->state == YMODEM_HEADER)
		return damage(y, e);
	if (y->state == YMODEM_LAST) /* our answer got lost */
		return count_error(y, e) ? e->code : acknowledge(y);
	if (!y->ended) {
		static const uint8_t nak = XMODEM_NAK;

		y->ended = true;
		answer(y, &nak, 1);
		return YMODEM_MORE;
	}
	if (!y->got || y->got < y->file.size) {
		error_set(e, E_TRANSFER_SHORT, "%s: 0x%zx bytes, not 0x%x", y->file.name, y->got,
			  (unsigned)y->file.size);
		return cancel(y, e);
	}
	expect(y, YMODEM_LAST);
	return acknowledge(y);
}

static int purge(struct ymodem *y)
{
	if (++y->purged == YMODEM_PURGE)
		return ask_again(y);
	y->wait = YMODEM_QUIET;
	return YMODEM_MORE;
}

int ymodem_byte(struct ymodem *y, uint8_t byte, struct error *e)
{
	y->answer.size = 0;
	if (y->purging)
		return purge(y);
	y->wait = YMODEM_BYTE_WAIT;
	switch (block_byte(&y->block, byte)) {
	case BLOCK_GOOD:
		return take_block(y, e);
	case BLOCK_BAD:
		return damage(y, e);
	case BLOCK_END:
		return take_end(y, e);
	case BLOCK_CANCEL:
		error_set(e, E_TRANSFER_CANCELLED, "after 0x%zx bytes", y->got);
		return cancel(y, e);
	default:
		return YMODEM_MORE;
	}
}

int ymodem_timeout(struct ymodem *y, struct error *e)
{
	if (y->purging)
		return ask_again(y);
	if (++y->silences < states[y->state].silences)
		return ask_again(y);
	if (y->state == YMODEM_LAST) /* all is there; the sender needs no answer any more */
		return finish(y);
	error_set(e, E_TRANSFER_TIMEOUT, "the sender is silent, after 0x%zx bytes", y->got);
	return cancel(y, e);
}
