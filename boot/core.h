/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores, as their cluster has them started (driver/core_ops.h). */
#ifndef BOOT_CORE_H
#define BOOT_CORE_H

#include "boot/board.h"

int core_start(const struct board_cluster *cluster, core_id_t core, phys_addr_t entry, bool thumb,
	       phys_addr_t argument, struct error *e);
bool core_is_off(const struct board_cluster *cluster, core_id_t core);

/* The loader's own, of the board's first cluster. */
void core_off(void) __attribute__((noreturn));

#endif
