/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupts as the Secure world divides them: everybody's are IRQs, and the monitor's FIQs, which
 * nobody in the other world can mask: the kick, by which cores call each other, and the Secure
 * timer's. Of a GIC they are groups 1 and 0 (Arm IHI 0048B, 3.6).
 */
#ifndef DRIVER_SECURE_INTERRUPTS_H
#define DRIVER_SECURE_INTERRUPTS_H

#include <stdint.h>

#include "base/core.h"

#define SECURE_NONE 1023 /* no interrupt is pending */

/* What all cores share; then what is the core's own that this runs on. */
void secure_start(void);
void secure_start_core(void);

/* Wake @core, and take it to its monitor wherever it is. All that was written before is visible. */
void secure_kick(core_id_t core);

/* The monitor's interrupt that is pending, which is then over; SECURE_NONE. */
uint32_t secure_take(void);

/*
 * Interrupts that a context had on @core, which has left it and runs this: none is enabled, pending
 * or active any more.
 */
void secure_silence_core(void);

#endif
