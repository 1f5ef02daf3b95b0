/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The card or other medium that the loader was booted from, as Linux has it: the first disk behind
 * a controller, wherever its number comes to be, by its own driver and its file in /dev. It is
 * looked for, opened and closed by each access: it may come late, and nobody keeps it from going.
 */
#ifndef PEERBOOT_CARD_H
#define PEERBOOT_CARD_H

#include <linux/types.h>

#include "driver/storage.h"

/*
 * E_STORAGE_MISSING: no disk there, none that this process may open, or another file by its name.
 * What was written is on the medium when write() returns, and what is read comes from there, not
 * from the page cache.
 */
extern const struct storage card_storage;

/* The address where the controller's registers are. */
void card_set_controller(u64 address);

#endif
