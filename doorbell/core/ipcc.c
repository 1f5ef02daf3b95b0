/* SPDX-License-Identifier: BSD-2-Clause */
/* By interrupts that the controller's driver rings, and words that are read. */
#include "doorbell/core.h"
#include "doorbell/core/ipcc.h"

static volatile uint32_t *word(const struct link_doorbell *d, uint32_t offset)
{
	return (volatile uint32_t *)(uintptr_t)(d->cell[1] + offset);
}

void ipcc_ring(const struct link_doorbell *d, enum ipcc_line line)
{
	doorbell_ring(&(struct link_doorbell){ DOORBELL_SPI, { d->cell[0] + line } });
}

/*
 * Where the IPCC's interrupt "channel free" is not masked, stm32-ipcc waits for it: it has sent
 * word of a message on that channel, and holds back what comes behind. A level in hardware, so it
 * is rung until it is masked.
 */
bool ipcc_rung(const struct link_doorbell *d)
{
	if (!(~*word(d, IPCC_C1MR) >> 16 & IPCC_CHANNEL_MASK))
		return false;
	ipcc_ring(d, IPCC_TAKEN);
	return true;
}

/* The driver asserts the reset, then says that the core is off: only then has it done. */
bool ipcc_is_stopped(const struct link_doorbell *d)
{
	return *word(d, STM32_RESET) & 1 && !*word(d, STM32_STATE);
}

void ipcc_run(const struct link_doorbell *d)
{
	*word(d, STM32_RESET) = 0;
	*word(d, STM32_STATE) = STM32_CRUN;
}
