/* SPDX-License-Identifier: BSD-2-Clause */
/* Doorbells by a DMA channel as the loader checks and describes them. */
#include "doorbell/adma.h"
#include "doorbell/adma_internal.h"
#include "doorbell/gic_internal.h"

#define LEVEL_HIGH 4 /* in the third cell of `interrupts` */

bool adma_hears(const struct doorbell_end *end, uint32_t cell[2])
{
	const struct adma_channels *channels = end->adma;
	uint32_t channel;

	if (!end->runs_linux || !channels)
		return false;
	channel = cell[0] - channels->spi;
	cell[1] = channels->base + channel * channels->step;
	return channel < channels->count;
}

unsigned adma_interrupt(const uint32_t cell[2], uint32_t interrupt[INTERRUPTS_CELLS])
{
	const unsigned cells = gic_interrupt(cell, interrupt);

	interrupt[2] = LEVEL_HIGH;
	return cells;
}
