/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which boot image is to be booted, kept in flash. Pure: the same in the loader, in Linux and on a
 * host that cuts the power.
 *
 * Two sectors are a log of records, each with a sequence number and a CRC. A change appends one,
 * and the newest whole record is the state. When a sector is full the other is erased and gets the
 * next record: what is erased never holds the newest. So at every moment there is a whole record,
 * before or after the change. docs/slots.md has the layout.
 */
#ifndef BOOT_FEATURE_SLOTS_STATE_H
#define BOOT_FEATURE_SLOTS_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "driver/flash.h"

#define SLOTS	       2
#define SLOTS_SECTORS  2
#define SLOTS_MAGIC    0x53534250u /* "PBSS" */
#define SLOTS_ATTEMPTS 3	   /* how often a new image is tried, unless the state says else */

enum slot_status {
	SLOT_TRIED,	/* boots as long as tries are left */
	SLOT_CONFIRMED, /* boots */
	SLOT_WRITTEN,	/* being written: does not boot */
};

struct slots_state { /* as it lies in flash, little-endian */
	uint32_t magic;
	uint32_t sequence;
	uint8_t preferred; /* slot to boot first */
	uint8_t booted;	   /* slot that was booted last, whatever came of it */
	uint8_t status[SLOTS];
	uint8_t tries[SLOTS]; /* left */
	uint8_t attempts;     /* that a new image gets */
	uint8_t update;	      /* tries left to write what waits to the slot not booted; 0: none */
	uint32_t version[SLOTS]; /* of the signed image there, when it was booted last */
	uint32_t minimum;	 /* version below which nothing boots */
	uint32_t crc;		 /* CRC-32 of all before */
};

#define SLOTS_NEW 1 /* there is no record */

/*
 * The newest whole record; without any, slot A first and both to be tried, and SLOTS_NEW. An error
 * of the flash's read(): the same of what can be read, to boot with, and never to be written back.
 */
int slots_state_read(const struct flash *f, struct slots_state *s);

/*
 * Make @s, with the next sequence number, the newest record. E_FLASH_WRITE, E_FLASH_ERASE: flash
 * holds the state from before, and the next call uses another place. Errors of read(): the same,
 * unless it is the new record that can't be read back.
 */
int slots_state_write(const struct flash *f, struct slots_state *s);

#endif
