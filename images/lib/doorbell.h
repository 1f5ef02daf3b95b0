/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells: how contexts wake each other (docs/device-tree-binding.md), by the board's driver. A
 * bare-metal core is woken by an interrupt of its own, which nobody else's set-up touches.
 *
 * To lose no kick: doorbell_clear(), then look at everything, then doorbell_wait(). A kick that
 * comes after the clearing ends the wait, however early it was.
 */
#ifndef IMAGES_LIB_DOORBELL_H
#define IMAGES_LIB_DOORBELL_H

#include <stdint.h>

#include "doorbell/core.h"

/*
 * Sleep until one rings, or has rung since the last doorbell_clear(), but no longer than until
 * clock_ticks() (driver/clock.h) has come to @deadline. A bell can get lost, with the core that
 * should have rung it: after DOORBELL_PATIENCE_MS the sleep ends anyhow. It may end at once, for
 * any reason, and does where nothing could end it: while no interrupt gets through. So whoever has
 * to do something at the deadline asks the clock.
 */
#define DOORBELL_PATIENCE_MS 50
#define DOORBELL_NO_DEADLINE UINT64_MAX
void doorbell_wait(uint64_t deadline);

#endif
