/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells: how contexts wake each other (docs/device-tree-binding.md), by the board's driver. An
 * interrupt of its own wakes a bare-metal core; no other context sets up that interrupt.
 *
 * To lose no kick, call doorbell_clear(), then look at everything, then call doorbell_wait(). Any
 * kick after doorbell_clear() ends the wait.
 */
#ifndef IMAGES_LIB_DOORBELL_H
#define IMAGES_LIB_DOORBELL_H

#include <stdint.h>

#include "doorbell/core.h"

/*
 * Sleep until a bell rings, or at once if one has rung since the last doorbell_clear(), but not
 * beyond @deadline, a value of clock_ticks() (driver/clock.h). A bell can get lost together with
 * the core that should ring it, so the sleep ends after DOORBELL_PATIENCE_MS in any case. It can
 * end at any time without a reason, and it does not sleep while no interrupt gets through. So a
 * caller with something to do at the deadline looks at the clock.
 */
#define DOORBELL_PATIENCE_MS 50
#define DOORBELL_NO_DEADLINE UINT64_MAX
void doorbell_wait(uint64_t deadline);

#endif
