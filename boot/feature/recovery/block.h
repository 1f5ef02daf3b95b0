/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * XMODEM's framing, byte by byte: SOH or STX, the number, its complement, 128 or 1024 bytes of
 * data, CRC-16 with the high byte first. Pure.
 */
#ifndef BOOT_FEATURE_RECOVERY_BLOCK_H
#define BOOT_FEATURE_RECOVERY_BLOCK_H

#include "base/bytes.h"

#define XMODEM_SOH 0x01 /* a block of 128 bytes */
#define XMODEM_STX 0x02 /* … of 1024 bytes */
#define XMODEM_EOT 0x04 /* end of the file */
#define XMODEM_ACK 0x06
#define XMODEM_NAK 0x15
#define XMODEM_CAN 0x18 /* twice: cancelled */

#define BLOCK_SIZE 1024 /* bytes of data in the longest */

enum block_event {
	BLOCK_PART,   /* there is more to come */
	BLOCK_GOOD,   /* number and data are those of the sender */
	BLOCK_BAD,    /* damaged, or nothing that belongs between blocks */
	BLOCK_END,    /* EOT in place of a block */
	BLOCK_CANCEL, /* CAN CAN in place of a block */
};

struct block {
	uint8_t number;
	struct bytes data; /* of the last good one, until the next byte */
	size_t size;	   /* of the frame that is coming in; 0: between blocks */
	size_t have;	   /* of it */
	bool cancelling;   /* the byte before was CAN, between blocks */
	uint8_t frame[2 + BLOCK_SIZE + 2];
};

/* Forget what has come in of a block. */
void block_restart(struct block *b);

enum block_event block_byte(struct block *b, uint8_t byte);

#endif
