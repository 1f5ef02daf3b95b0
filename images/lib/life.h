/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life cycle of other contexts, on a board with a monitor, for whomever the manifest names
 * (`controls`); and the watchdog of one's own, on boards where Linux looks after it, too. A context
 * is known by its number, in the manifest's order from 0. docs/monitor.md and monitor/life.h have
 * the calls and their answers; LIFE_NOT_SUPPORTED where there is no monitor.
 */
#ifndef IMAGES_LIB_LIFE_H
#define IMAGES_LIB_LIFE_H

#include <stdbool.h>
#include <stdint.h>

#include "monitor/life.h"

/* An SMC (Arm DEN 0028): @function with up to three arguments. PSCI answers, too. */
int image_smc(uint32_t function, uintptr_t a, uintptr_t b, uintptr_t c);

/* enum life_state, or why not. */
static inline int life_state(unsigned context)
{
	return image_smc(LIFE_STATE, context, 0, 0);
}

/* Begins to; life_state() says when it has. */
static inline int life_stop(unsigned context)
{
	return image_smc(LIFE_STOP, context, 0, 0);
}

static inline int life_start(unsigned context)
{
	return image_smc(LIFE_START, context, 0, 0);
}

/*
 * The caller's own watchdog is fed for @ms; 0: for as long as the manifest's `watchdog` says, which
 * is the most. LIFE_NOT_SUPPORTED if it has none. Where Linux looks after it, by a word that this
 * counts up, it is always for as long as that, from the context's first core alone, and nobody
 * says whether anybody looks.
 */
int life_feed(unsigned ms);

/*
 * For a main loop: feeds it as long as may be, ten times a second at most however often this is
 * called. Of no effect, and at no cost, without a watchdog.
 */
void life_keep_fed(void);

#endif
