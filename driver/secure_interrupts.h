/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupts as the Secure world divides them: everybody's are IRQs, and the monitor's FIQs, which
 * nobody in the other world can mask: the kick, by which cores call each other. Of a GIC they are
 * groups 1 and 0 (Arm IHI 0048B, 3.6; IHI 0069, 4.6).
 */
#ifndef DRIVER_SECURE_INTERRUPTS_H
#define DRIVER_SECURE_INTERRUPTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/core.h"

/* What all cores share. */
void secure_start(void);

/*
 * What is the core's own that this runs on, whatever a context has left there: of everybody's none
 * is enabled, pending or active, and none reaches the core; the monitor's do. Then, on the way to a
 * context, a @secure one or not: everybody's reach it, and its SGIs are enabled.
 */
void secure_start_core(void);
void secure_open_core(bool secure);

/*
 * Of what all cores share: what reaches none but those of @core in @mask, whose context is over, is
 * disabled, and neither pending nor active.
 */
void secure_stop(const core_id_t *core, uint32_t mask);

/* Wake @core, and take it to its monitor wherever it is. All that was written before is visible. */
void secure_kick(core_id_t core);

/* What of the monitor's is pending is over then. */
void secure_take(void);

#endif
