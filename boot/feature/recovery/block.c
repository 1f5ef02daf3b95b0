/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/recovery/block.h"
#include "boot/feature/recovery/crc16.h"

#define NUMBERS 2 /* bytes in front of the data */
#define CRC	2 /* … and behind it */

void block_restart(struct block *b)
{
	b->size = 0;
	b->have = 0;
	b->cancelling = false;
}

static enum block_event begin(struct block *b, size_t data)
{
	b->size = NUMBERS + data + CRC;
	return BLOCK_PART;
}

/*
 * A byte of data must not be taken for EOT or CAN when the SOH before it was damaged: that is BAD.
 */
static enum block_event between(struct block *b, uint8_t byte)
{
	bool again = b->cancelling;

	block_restart(b);
	if (byte == XMODEM_CAN) {
		b->cancelling = !again;
		return again ? BLOCK_CANCEL : BLOCK_PART;
	}
	switch (again ? 0 : byte) {
	case XMODEM_SOH:
		return begin(b, 128);
	case XMODEM_STX:
		return begin(b, BLOCK_SIZE);
	case XMODEM_EOT:
		return BLOCK_END;
	default:
		return BLOCK_BAD;
	}
}

static enum block_event check(struct block *b)
{
	struct bytes covered = { b->frame + NUMBERS, b->size - NUMBERS };

	b->number = b->frame[0];
	b->data = (struct bytes){ covered.data, covered.size - CRC };
	block_restart(b);
	return (b->frame[0] ^ b->frame[1]) == 0xff && !crc16(covered) ? BLOCK_GOOD : BLOCK_BAD;
}

enum block_event block_byte(struct block *b, uint8_t byte)
{
	if (!b->size)
		return between(b, byte);
	b->frame[b->have++] = byte;
	return b->have < b->size ? BLOCK_PART : check(b);
}
