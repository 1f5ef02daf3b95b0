/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The flash that the loader keeps its boot state in, as the boot record says: memory-mapped, or on
 * a card (card.h).
 */
#ifndef PEERBOOT_STATE_FLASH_H
#define PEERBOOT_STATE_FLASH_H

#include <linux/types.h>

#include "driver/flash.h"

/*
 * For one caller, until state_flash_release(). ERR_PTR(-ENODEV): the loader keeps none, or this
 * system was booted from no slot, so that what it has is not of this boot. -EBUSY: the flash is
 * somebody else's. -ENOMEM.
 */
const struct flash *state_flash_find(void);

/* Not on a card, to which there is a way only by a file that the caller may open. */
bool state_flash_is_mapped(void);

/* Also if none was found. */
void state_flash_release(void);

#endif
