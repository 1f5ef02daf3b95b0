/* SPDX-License-Identifier: BSD-2-Clause */
/* Doorbells by a DMA channel as the loader checks and describes them. */
#include "doorbell/adma.h"
#include "doorbell/adma_internal.h"
#include "doorbell/gic_internal.h"

#define LEVEL_HIGH 4 /* in the third cell of `interrupts` */

bool adma_hears(const struct doorbell_end *end, uint32_t cell[2])
{
	const uint32_t channel = cell[0] - ADMA_SPI;

	cell[1] = ADMA_BASE + channel * ADMA_STEP;
	return end->runs_linux && channel < ADMA_CHANNELS;
}

unsigned adma_interrupt(const uint32_t cell[2], uint32_t interrupt[INTERRUPTS_CELLS])
{
	const unsigned cells = gic_interrupt(cell, interrupt);

	interrupt[2] = LEVEL_HIGH;
	return cells;
}
