/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * YMODEM's receiving side as a state machine: a byte or a timeout in, an answer out. No hardware,
 * no clock: the caller feeds it. After Chuck Forsberg, XMODEM/YMODEM Protocol Reference, 1988,
 * batch transfers with CRC-16. One file at a time; every wait and every number of tries is bounded.
 */
#ifndef BOOT_FEATURE_RECOVERY_YMODEM_H
#define BOOT_FEATURE_RECOVERY_YMODEM_H

#include "boot/feature/recovery/block.h"
#include "boot/feature/recovery/header.h"

#define YMODEM_START_WAIT 1000 /* ms between two calls for a sender */
#define YMODEM_BLOCK_WAIT 3000 /* ms for a block to begin */
#define YMODEM_BYTE_WAIT  1000 /* ms for the next byte of a block */
#define YMODEM_QUIET	  300  /* ms without a byte: what was damaged has passed */
#define YMODEM_STARTS	  60   /* calls for a sender */
#define YMODEM_SILENCES	  4    /* timeouts in a row until the sender is given up */
#define YMODEM_ERRORS	  10   /* blocks in a row that were damaged or sent twice, likewise */
#define YMODEM_PURGE	  4096 /* bytes of damage in one piece */

enum ymodem_state {
	YMODEM_HEADER, /* expected: block 0 */
	YMODEM_FIRST,  /* block 1 */
	YMODEM_DATA,   /* the next block */
	YMODEM_LAST,   /* a block 0 without a name, behind the file */
	YMODEM_STATES
};

struct ymodem {
	/* after each call: send `answer`, then wait so long for the next byte */
	struct bytes answer;
	unsigned wait; /* ms */

	struct file_header file;
	size_t got; /* bytes of it that have come, at the start of the caller's room */
	unsigned retries;

	/* its own */
	uint8_t *to;
	size_t room;
	enum ymodem_state state;
	uint8_t expected; /* number of the next block */
	bool ended;	  /* EOT has come once */
	bool purging;	  /* after damage: wait for quiet */
	unsigned purged;  /* bytes so far */
	unsigned silences, errors;
	struct block block;
};

#define YMODEM_MORE 1

/* Get ready for a file of at most @room bytes, which goes to @to. */
void ymodem_start(struct ymodem *y, uint8_t *to, size_t room);

/*
 * A byte has come; none has come for y->wait ms. YMODEM_MORE: go on. 0: the file is whole, y->got
 * bytes at y->to. After an error the answer cancels the transfer:
 * E_TRANSFER_TIMEOUT: no sender, or it has gone silent. E_TRANSFER_CANCELLED: by the sender.
 * E_TRANSFER_NOISE: too many damaged blocks. E_TRANSFER_ORDER: a block is lost, or one too many.
 * E_TRANSFER_LARGE: more than the room. E_TRANSFER_SHORT: no file, an empty one, or less than
 * its header says. E_TRANSFER_HEADER: a header that can't be read, or of a second file.
 */
int ymodem_byte(struct ymodem *y, uint8_t byte, struct error *e);
int ymodem_timeout(struct ymodem *y, struct error *e);

#endif
