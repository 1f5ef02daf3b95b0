/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A peer's side of doorbell/ipcc.h, for firmware that Linux's stm32_rproc attaches to. @d is how
 * Linux is woken: DOORBELL_IPCC, the first SPI, the address of the registers; which the peer sees
 * there, uncached.
 */
#ifndef DOORBELL_CORE_IPCC_H
#define DOORBELL_CORE_IPCC_H

#include <stdbool.h>

#include "doorbell/ipcc.h"
#include "resource_table/link_resource.h"

/* Say one of three things; what was written before is visible to Linux then. */
void ipcc_ring(const struct link_doorbell *d, enum ipcc_line line);

/*
 * Has Linux used a ring since the last call? It is told that this is seen, and has to be: for want
 * of it, the drivers give up sending word of more. So look at both rings afterwards.
 */
bool ipcc_rung(const struct link_doorbell *d);

/*
 * Linux has stopped the peer, or so it thinks: nothing holds the core here. As Linux's driver is
 * bound again, it attaches to a peer that has said since that it runs.
 */
bool ipcc_is_stopped(const struct link_doorbell *d);
void ipcc_run(const struct link_doorbell *d);

#endif
