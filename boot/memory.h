/* SPDX-License-Identifier: BSD-2-Clause */
/* How the loader sees memory: by the board's maps, and all that it runs in as code. */
#ifndef BOOT_MEMORY_H
#define BOOT_MEMORY_H

#include "base/range.h"

/*
 * Map it, and go on with MMU and caches; the reset code calls it. The page below the stack is left
 * out, so that it can fault.
 */
void memory_start(void);

/*
 * Go on in a copy of the loader's code at @to (RAM that nobody uses), which is mapped where the
 * code has always been: whole MiB. There is no way back but a reset.
 */
void memory_run_in_ram(phys_addr_t to);

/* The same; and @flash, whole MiB, in which the code was, is a device that takes commands. */
void memory_leave_flash(struct range flash, phys_addr_t to);

#endif
