/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A GICv3's CPU interface: registers of the core (Arm IHI 0069, chapter 12). Of an interrupt's
 * groups it is about group 1.
 */
#ifndef ARCH_GIC_H
#define ARCH_GIC_H

#include <stdbool.h>
#include <stdint.h>

/* Does the core have it? If not, its GIC is of another version. */
bool gic_core_has_registers(void);

/* The core's affinity, as GICR_TYPER has it: level 3 in the highest byte, 0 in the lowest. */
uint32_t gic_core_affinity(void);

/* Nothing reaches the core. What there is of priorities and modes is as after a reset. */
void gic_core_stop(void);

/* All that is enabled reaches it. */
void gic_core_start(void);

/* The interrupt that is pending, now active: ICC_IAR1. And the end of it. */
uint32_t gic_core_acknowledge(void);
void gic_core_end(uint32_t interrupt);

/*
 * ICC_SGI1R; and ICC_ASGI1R, by which the other Security state hears it if its SGI is in that one's
 * group 1. Of the two a core takes one at most (IHI 0069, 4.6.2, 12.11).
 */
void gic_core_send(uint64_t sgi);

#endif
