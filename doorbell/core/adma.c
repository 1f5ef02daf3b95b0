/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells of a core that rings by a DMA channel and hears none: it polls. For images; their
 * board's PEER_DEVICE_BASE has the channels.
 */
#include <stddef.h>

#include "doorbell/adma.h"
#include "doorbell/core.h"

/* Of a cache line's own, which nobody reads: whether caches agree about it does not matter. */
static uint32_t word[16] __attribute__((noinit, aligned(64)));

static inline volatile uint32_t *reg(const struct link_doorbell *d, uint32_t offset)
{
	return (volatile uint32_t *)(uintptr_t)(d->cell[1] + offset);
}

static void copy_word(const struct link_doorbell *d, uint32_t descriptor)
{
	*reg(d, descriptor) = (uint32_t)(uintptr_t)word;
	*reg(d, descriptor + 4) = 0;
	*reg(d, descriptor + 8) = sizeof(word[0]);
	*reg(d, descriptor + 12) = 0;
}

void doorbell_start(void)
{
}

/* A copy that still runs rings at its end, behind what was written by now. */
void doorbell_ring(const struct link_doorbell *d)
{
	if (d->kind != DOORBELL_ADMA)
		return;
	__asm__ volatile("dsb sy" ::: "memory"); /* the rings, then the bell */
	if ((*reg(d, ADMA_STATUS) & ADMA_STATE) == ADMA_BUSY)
		return;
	*reg(d, ADMA_IEN) = ADMA_DONE;
	copy_word(d, ADMA_SOURCE);
	copy_word(d, ADMA_DESTINATION);
	*reg(d, ADMA_CTRL2) = ADMA_ENABLE;
}

bool doorbell_rung(void)
{
	return false;
}

void doorbell_clear(void)
{
	__asm__ volatile("dsb sy" ::: "memory"); /* nothing is looked at before */
}

/*
 * Nobody sends it an event, so it polls. Where one thread runs all cores, QEMU's, the next has its
 * turn.
 */
void doorbell_sleep(uint32_t ticks)
{
	(void)ticks;
	__asm__ volatile("yield" ::: "memory");
}
