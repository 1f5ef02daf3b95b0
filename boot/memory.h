/* SPDX-License-Identifier: BSD-2-Clause */
/* How the loader sees memory: by the board's maps, and all that it runs in as code. */
#ifndef BOOT_MEMORY_H
#define BOOT_MEMORY_H

#include "arch/map.h"
#include "base/range.h"

/*
 * Map it, and go on with MMU and caches; the reset code calls it. The page below the stack is left
 * out, so that it can fault.
 */
void memory_start(void);

/*
 * Go on in a copy of the loader's code at @to (RAM that nobody uses), which is mapped where the
 * code has always been: whole MiB. As of the next map_changed(), and there is no way back but a
 * reset.
 */
void memory_run_in_ram(phys_addr_t to);

/* Nobody uses @area, whole MiB, while it becomes one of that kind. */
void memory_map_anew(struct range area, enum map_kind kind);

#endif
