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
#include "base/kept.h"
#include "base/range.h"
#include "boot/feature/slots/state.h"

#define MONITOR_CORES	 8
#define MONITOR_CONTEXTS KEPT_CONTEXTS
#define MONITOR_NAME	 16
#define MONITOR_MEMORIES 4
#define MONITOR_LINE	 64 /* bytes of the longest cache line */

/* Milliseconds within which it is to be fed, 0: there is none; and what comes of it if it is not. */
struct monitor_watchdog {
	uint32_t ms;
	uint32_t restarts, seconds; /* so often in so long it is made anew */
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
};

struct monitor_config {
	unsigned cores;
	unsigned contexts;
	core_id_t core[MONITOR_CORES];
	struct monitor_context context[MONITOR_CONTEXTS];
	phys_addr_t record;	  /* base/record_format.h, in RAM of everybody's */
	struct slots_state slots; /* of this boot; magic 0: it is from no slot */
	struct kept kept;	  /* in Secure memory or flash */
} __attribute__((aligned(MONITOR_LINE)));

#endif
