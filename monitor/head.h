/* SPDX-License-Identifier: BSD-2-Clause */
/* What the monitor's memory begins with, for the loader. */
#ifndef MONITOR_HEAD_H
#define MONITOR_HEAD_H

#include "monitor/config.h"

/* Words of cores, while the loader still runs. */
struct monitor_handover {
	volatile uint32_t enters[MONITOR_CORES];  /* set by the loader, which then kicks the core */
	volatile uint32_t arrived[MONITOR_CORES]; /* by the monitor */
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
