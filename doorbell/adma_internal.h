/* SPDX-License-Identifier: BSD-2-Clause */
/* What adma.c has for kind.c. */
#ifndef DOORBELL_ADMA_INTERNAL_H
#define DOORBELL_ADMA_INTERNAL_H

#include "doorbell/kind.h"

bool adma_hears(const struct doorbell_end *end, uint32_t cell[2]);
unsigned adma_interrupt(const uint32_t cell[2], uint32_t interrupt[INTERRUPTS_CELLS]);

#endif
