/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * On a board with a monitor, a context can stop and start the contexts that its `controls` in the
 * manifest names. A context can have a watchdog there, and on boards where Linux serves watchdogs.
 * A context is named by its number, from 0 in the manifest's order. docs/monitor.md and
 * monitor/life.h describe the calls and what they return: LIFE_NOT_SUPPORTED without a monitor.
 */
#ifndef IMAGES_LIB_LIFE_H
#define IMAGES_LIB_LIFE_H

#include <stdbool.h>
#include <stdint.h>

#include "monitor/life.h"

/* An SMC (Arm DEN 0028): @function with up to three arguments. PSCI answers, too. */
int image_smc(uint32_t function, uintptr_t a, uintptr_t b, uintptr_t c);

/* enum life_state, or a negative error. */
static inline int life_state(unsigned context)
{
	return image_smc(LIFE_STATE, context, 0, 0);
}

/* Begin to stop it; life_state() says when it has stopped. */
static inline int life_stop(unsigned context)
{
	return image_smc(LIFE_STOP, context, 0, 0);
}

static inline int life_start(unsigned context)
{
	return image_smc(LIFE_START, context, 0, 0);
}

/*
 * Feed the caller's own watchdog for @ms. 0 means the time of `watchdog` in the manifest, which is
 * also the longest time. LIFE_NOT_SUPPORTED if the context has no watchdog. Where Linux serves the
 * watchdog, this counts up a word that Linux reads: then the time is always that of the manifest,
 * only the context's first core may call this, and the result does not say whether Linux looks.
 */
int life_feed(unsigned ms);

/*
 * For a main loop: feed the watchdog for the longest time. Call it as often as you like, it feeds
 * ten times a second at most. Without a watchdog it does nothing.
 */
void life_keep_fed(void);

#endif
