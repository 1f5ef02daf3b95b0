/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the loader tells the monitor, once, before any context runs: which contexts there are, whose
 * cores are whose, what each may do, and what it is made of. It lies in Secure RAM, where
 * nobody else writes, and is part of no ABI: both are built together.
 */
#ifndef MONITOR_CONFIG_H
#define MONITOR_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/core.h"
#include "base/range.h"
#include "boot/feature/slots/state.h"

#define MONITOR_CORES	 8
#define MONITOR_CONTEXTS 8
#define MONITOR_NAME	 16
#define MONITOR_MEMORIES 4
#define MONITOR_IMAGES	 6  /* of one context: its images, its table twice, a tree */
#define MONITOR_SEGMENTS 96 /* of all */
#define MONITOR_HASH	 32 /* bytes: SHA-256 */
#define MONITOR_LINE	 64 /* bytes of the longest cache line */

/* Bytes from @from of the image on go to @to; the rest of it is cleared. */
struct monitor_segment {
	struct range to;
	const uint8_t *from;
	size_t size;
};

/* Milliseconds within which it is to be fed, 0: there is none; and what comes of it if it is not. */
struct monitor_watchdog {
	uint32_t ms;
	uint32_t restarts, seconds; /* so often in so long it is made anew */
};

/* In Secure memory or flash; verified again before any of it is written. */
struct monitor_image {
	const uint8_t *data;
	size_t size;
	size_t unpacked;	  /* it is an LZ4 frame that makes so much: all of its segment */
	unsigned first, segments; /* of config->segment[] */
	uint8_t hash[MONITOR_HASH];
};

struct monitor_context {
	char name[MONITOR_NAME]; /* cut off */
	uint32_t cores;		 /* mask of config->core[] */
	unsigned first;		 /* of them the one that enters */
	uint32_t controls;	 /* mask of contexts that it may stop and start */
	bool powers;		 /* its SYSTEM_OFF and SYSTEM_RESET are the board's */
	bool slots;		 /* it may ask for the boot state, and change it */
	bool secure;
	bool thumb;
	struct monitor_watchdog watchdog;
	phys_addr_t entry;
	uintptr_t argument[3];
	struct range memory[MONITOR_MEMORIES]; /* where its cores may be started */
	unsigned memories;
	/*
	 * Register by which Linux's stm32_rproc has it stopped and started, with what Linux itself
	 * has loaded to the start of memory[0]; 0: it does not. Never Secure. And which context that
	 * Linux is.
	 */
	uint32_t hold_boot;
	unsigned holder;
	struct monitor_image image[MONITOR_IMAGES];
	unsigned images;
};

struct monitor_config {
	unsigned cores;
	unsigned contexts;
	core_id_t core[MONITOR_CORES];
	struct monitor_context context[MONITOR_CONTEXTS];
	phys_addr_t record;	  /* base/record_format.h, in RAM of everybody's */
	struct slots_state slots; /* of this boot; magic 0: it is from no slot */
	unsigned segments;
	struct monitor_segment segment[MONITOR_SEGMENTS];
} __attribute__((aligned(MONITOR_LINE)));

#endif
