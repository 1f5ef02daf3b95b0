/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm's GIC, version 2 (Arm IHI 0048B) or 3 (IHI 0069), with its distributor at GICD_BASE of the
 * board's memory_map.h. What differs is in gicv2.c and gicv3.c, the rest in
 * doorbell/core/gic.c.
 */
#ifndef DRIVER_GIC_H
#define DRIVER_GIC_H

#include <stdbool.h>
#include <stdint.h>

#include "arch/gic.h"

#include BOARD_MEMORY_MAP

#define GIC_REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

/* Interrupts of a core's own: SGIs, then PPIs. They have the first words of these registers. */
#define GIC_OWN		 32
#define GIC_IGROUPR	 0x080
#define GIC_ISENABLER	 0x100
#define GIC_ICENABLER	 0x180
#define GIC_ISPENDR	 0x200
#define GIC_ICACTIVER	 0x380
#define GIC_IPRIORITYR	 0x400
#define GIC_ID_SPURIOUS	 1020 /* and above */
#define GIC_ID		 0x3ffu
#define GIC_ALL_PRIORITY 0xffu

/* GIC_VERSION of memory_map.h: 2, 3, or 0 for whichever the core is made for. */
static inline bool gic_is_v3(void)
{
	return GIC_VERSION == 3 || (GIC_VERSION == 0 && gic_core_has_registers());
}

void gicv2_let_through(void);
bool gicv2_wakes(void);
uint32_t gicv2_ours(void); /* of a core's own: a mask, without the monitor's */
uintptr_t gicv2_own(void); /* where the registers above are, of this core's own */
void gicv2_stop(void);	   /* this core hears nothing, */
void gicv2_start(void);	   /* and all that is enabled */
bool gicv2_take(void);	   /* acknowledge and end one; false: there is none */
void gicv2_ring(uint32_t sgi, uint32_t cores); /* as in doorbell/gic.h */

void gicv3_let_through(void);
bool gicv3_wakes(void);
uint32_t gicv3_ours(void);
uintptr_t gicv3_own(void);
void gicv3_wake(void); /* this core's redistributor */
void gicv3_stop(void);
void gicv3_start(void);
bool gicv3_take(void);
void gicv3_ring(uint32_t sgi, uint32_t cores);

#endif
