/* SPDX-License-Identifier: BSD-2-Clause */
/* A GICv2's distributor (ARM IHI 0048B) at GICD_BASE of the board's memory_map.h. */
#ifndef DRIVER_GICV2_H
#define DRIVER_GICV2_H

/* Let interrupts of any core through, as far as that is shared by all of them. */
void gicv2_let_through(void);

#endif
