/* SPDX-License-Identifier: BSD-2-Clause */
/* What gic.c and gic_user.c have for kind.c. */
#ifndef DOORBELL_GIC_INTERNAL_H
#define DOORBELL_GIC_INTERNAL_H

#include "doorbell/kind.h"

bool gic_hears_sgi(const struct doorbell_end *end, const struct interrupt_controller *gic,
		   uint32_t cell[2]);
bool gic_hears_spi(const struct doorbell_end *end);
unsigned gic_interrupt(const uint32_t cell[2], uint32_t interrupt[INTERRUPTS_CELLS]);

bool gic_find_controller(const void *fdt, struct interrupt_controller *gic);
interrupts_find_user_t gic_find_user;

#endif
