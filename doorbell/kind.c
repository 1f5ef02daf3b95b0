/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include "base/features.h"
#include "doorbell/adma_internal.h"
#include "doorbell/gic_internal.h"
#include "doorbell/ipcc.h"

bool doorbell_hears(const struct doorbell_end *end, const struct interrupt_controller *controller,
		    struct link_doorbell *d)
{
	switch (d->kind) {
	case DOORBELL_NONE:
		return true;
	case DOORBELL_SGI:
		return gic_hears_sgi(end, controller, d->cell);
	case DOORBELL_SPI:
		return gic_hears_spi(end);
	case DOORBELL_IPCC:
		d->cell[1] = end->registers;
		return features->stm32 && end->runs_linux && end->registers;
	case DOORBELL_ADMA:
		return features->adma && adma_hears(end, d->cell);
	}
	return false;
}

unsigned doorbell_interrupt(const struct link_doorbell *d, uint32_t interrupt[INTERRUPTS_CELLS])
{
	if (doorbell_taken_back(d))
		return adma_interrupt(d->cell, interrupt);
	return doorbell_lines(d) ? gic_interrupt(d->cell, interrupt) : 0;
}

unsigned doorbell_lines(const struct link_doorbell *d)
{
	return d->kind == DOORBELL_SPI || doorbell_taken_back(d) ? 1 :
	       features->stm32 && d->kind == DOORBELL_IPCC	 ? IPCC_LINES :
								   0;
}

const char *doorbell_name(uint32_t kind)
{
	static const char *const names[DOORBELL_KINDS] = {
		[DOORBELL_NONE] = "none", [DOORBELL_SGI] = "SGI",   [DOORBELL_SPI] = "SPI",
		[DOORBELL_IPCC] = "IPCC", [DOORBELL_ADMA] = "ADMA",
	};

	return kind < DOORBELL_KINDS ? names[kind] : "?";
}

bool doorbell_find_controller(const void *fdt, struct interrupt_controller *controller)
{
	return gic_find_controller(fdt, controller);
}

unsigned doorbell_find_user(const void *fdt, const struct interrupt_controller *controller,
			    const uint32_t *number, unsigned count, char path[INTERRUPTS_PATH])
{
	return gic_find_user(fdt, controller, number, count, path);
}
