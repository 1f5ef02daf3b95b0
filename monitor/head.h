/* SPDX-License-Identifier: BSD-2-Clause */
/* What the monitor's memory begins with, for the loader. */
#ifndef MONITOR_HEAD_H
#define MONITOR_HEAD_H

#include "monitor/config.h"

/*
 * Words of cores, while the loader still runs: by it, which then kicks the core, and by the monitor.
 * It writes them back from its caches, so nothing of the monitor's shares a line with its own.
 */
struct monitor_handover {
	volatile uint32_t enters[MONITOR_CORES] __attribute__((aligned(MONITOR_LINE)));
	volatile uint32_t arrived[MONITOR_CORES] __attribute__((aligned(MONITOR_LINE)));
};

/*
 * Every core enters the branch at the start, in Secure state, MMU and caches off. One that is told
 * so enters its context, of which it is the first (driver/secure_interrupts.h has the kick).
 */
struct monitor_head {
	uint32_t branch[2];
	struct monitor_config *config; /* to be filled in before any core comes */
	struct monitor_handover *handover;
};

#endif
