/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells as a core rings and hears them. Among its drivers the board names a file of
 * doorbell/core/ that has these (gic, with gicv2, gicv3 or both of them): the loader calls the
 * first, images the others.
 */
#ifndef DOORBELL_CORE_H
#define DOORBELL_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "resource_table/link_resource.h"

/*
 * Let doorbells through, as far as that is shared by all cores. Before any context runs; Linux, if
 * there is one, sets it all up anew.
 */
void doorbell_let_through(void);

/* Let doorbells reach this core, whatever it did before. Touches only what belongs to this core. */
void doorbell_start(void);

/* Wake the end that @d describes; all that was written before is visible to it then. */
void doorbell_ring(const struct link_doorbell *d);

/* Has one rung since the last doorbell_clear()? */
bool doorbell_rung(void);

/* Take back all that have rung so far. */
void doorbell_clear(void);

/*
 * Sleep until one rings, or has rung since the last doorbell_clear(), but for @ticks of
 * driver/clock.h at most. It may end at once, for any reason, and does where nothing could end it:
 * while no interrupt gets through, or on a core that hears none.
 */
void doorbell_sleep(uint32_t ticks);

#endif
