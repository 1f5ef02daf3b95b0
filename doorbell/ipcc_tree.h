/* SPDX-License-Identifier: BSD-2-Clause */
/* A peer as Linux's stm32_rproc knows it: for the loader and the host's command. Pure. */
#ifndef DOORBELL_IPCC_TREE_H
#define DOORBELL_IPCC_TREE_H

#include "fdt/linux_tree.h"

/*
 * What the registers of @page, which is cleared, begin with, for a resource table at @table;
 * @by_call: Linux writes STM32_HOLDBOOT by a call (monitor/hold_boot.h).
 */
void ipcc_fill(uint32_t *page, uint32_t table, bool by_call);

/*
 * The nodes of a link: buses, the reset, the mailbox, and the processor, by the peer's name. The
 * link has @registers, two vrings, buffers, and `interrupt` is its first SPI.
 */
linux_driver_t ipcc_driver;

#endif
