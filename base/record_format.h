/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot record as it lies in memory: a header, then the entries. Written by the loader
 * (boot/record.h), read by whoever comes after it, Linux for one. Little-endian, every field
 * naturally aligned. docs/boot-record.md has the format in words.
 */
#ifndef BASE_RECORD_FORMAT_H
#define BASE_RECORD_FORMAT_H

#include <stdint.h>

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
	uint32_t core;	  /* that wrote it: the lowest 32 bits of its hardware id */
	uint32_t stage;	  /* enum stage */
	uint64_t address; /* of what was done, 0 where it has none */
	uint64_t size;	  /* bytes, 0 likewise */
	int32_t result;	  /* 0 or a negative error_code */
	char what[28];	  /* NUL-terminated, cut off */
};

#endif
