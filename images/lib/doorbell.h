/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells: how contexts wake each other (docs/device-tree-binding.md). A bare-metal core is woken
 * by a software-generated interrupt of its own, which nobody else's set-up touches.
 *
 * To lose no kick: doorbell_clear(), then look at everything, then doorbell_wait(). A kick that
 * comes after the clearing ends the wait, however early it was.
 */
#ifndef IMAGES_LIB_DOORBELL_H
#define IMAGES_LIB_DOORBELL_H

#include "resource_table/link_resource.h"

/* Let doorbells reach this core, whatever it did before. Touches only what belongs to this core. */
void doorbell_start(void);

/* Wake the end that @d describes; all that was written before is visible to it then. */
void doorbell_ring(const struct link_doorbell *d);

/* Take back all that have rung so far. */
void doorbell_clear(void);

/*
 * Sleep until one rings, or has rung since the last doorbell_clear(). A bell can get lost, with the
 * core that should have rung it: after DOORBELL_PATIENCE_MS the sleep ends anyhow. It may end at
 * once, for any reason, and does where nothing could end it: while no interrupt gets through.
 */
#define DOORBELL_PATIENCE_MS 50
void doorbell_wait(void);

#endif
