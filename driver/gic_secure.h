/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of driver/secure_interrupts.h differs between a GICv2 (gicv2_secure.c) and a GICv3
 * (gicv3_secure_a64.c). Both return where the registers of a core's own are (driver/gic.h).
 */
#ifndef DRIVER_GIC_SECURE_H
#define DRIVER_GIC_SECURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/core.h"
#include "driver/gic_registers.h"

/* Of a core's own the monitor's, group 0: two SGIs and the PPI of its alarm. */
#define GIC_ALARM	29 /* the Secure physical timer's (Arm DEN 0094, table of PPIs) */
#define GIC_OWN_GROUP0	(1u << 14 | 1u << GIC_KICK | 1u << GIC_ALARM)
#define GIC_OTHERS_SGIS (0xffffu & ~GIC_OWN_GROUP0)

/*
 * Wait, not for ever, until what was disabled, or a change of routing, has reached everybody: @rwp
 * of @control (IHI 0069, GICD_CTLR, GICR_CTLR). Of a version 2's GICD_CTLR it is 0.
 */
void gic_settle(uintptr_t control, uint32_t rwp);

/* All groups are let through. */
void gicv2_secure_start(void);
/* Group 0 alone reaches the core; others are disabled, no SGI of them is pending, none active. */
uintptr_t gicv2_secure_close(void);
/* Others reach it, too, in a context of that world. */
uintptr_t gicv2_secure_open(bool secure);
/* Of the 32 shared ones from @first on, those that reach some of these cores, and no others. */
uint32_t gicv2_secure_theirs(uint32_t first, const core_id_t *core, uint32_t mask);
void gicv2_secure_kick(core_id_t core);
void gicv2_secure_take(void);

void gicv3_secure_start(void);
uintptr_t gicv3_secure_close(void);
uintptr_t gicv3_secure_open(bool secure);
uint32_t gicv3_secure_theirs(uint32_t first, const core_id_t *core, uint32_t mask);
void gicv3_secure_kick(core_id_t core);
void gicv3_secure_take(void);

#endif
