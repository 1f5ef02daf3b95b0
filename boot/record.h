/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot record: what the loader did, as fixed-format entries in reserved memory for Linux to
 * read and as one line each on the console. docs/boot-record.md has the format in words.
 */
#ifndef BOOT_RECORD_H
#define BOOT_RECORD_H

#include <stdint.h>

#include "base/error.h"
#include "base/range.h"

#define RECORD_MAGIC	0x43524250u /* "PBRC" */
#define RECORD_VERSION	1
#define RECORD_CAPACITY 250

struct record_header {
	uint32_t magic;
	uint16_t version;
	uint16_t entry_size; /* bytes */
	uint32_t capacity;   /* entries there is room for */
	uint32_t count;	     /* entries written */
	uint32_t dropped;    /* entries for which there was no room */
	uint32_t frequency;  /* of `ticks`, Hz */
	uint32_t reserved[2];
};

struct record_entry {
	uint64_t ticks;	  /* the board's counter, which starts at reset */
	uint32_t core;	  /* that wrote it */
	uint32_t stage;	  /* enum stage */
	uint64_t address; /* of what was done, 0 where it has none */
	uint64_t size;	  /* bytes, 0 likewise */
	int32_t result;	  /* 0 or a negative error_code */
	char what[28];	  /* NUL-terminated, cut off */
};

/* Start an empty record in board.record. */
void record_start(void);

/*
 * Add an entry and print its line:
 *	[ticks] core stage result what address size
 * as "peerboot: [    1234] 0 load   OK           b segment 0  0x5c000000 0x1234".
 */
void record(enum stage stage, const char *what, phys_addr_t address, uint64_t size, int result);

#endif
