/* SPDX-License-Identifier: BSD-2-Clause */
/* A new boot image into a slot, so that a cut at any moment leaves the board something to boot. */
#ifndef BOOT_FEATURE_SLOTS_UPDATE_H
#define BOOT_FEATURE_SLOTS_UPDATE_H

#include "base/bytes.h"
#include "boot/feature/slots/state.h"

struct slots_place {
	const struct flash *flash;
	uint32_t offset; /* of a slot, at the start of a sector */
	uint32_t size;	 /* bytes, whole sectors */
};

/*
 * Write @image to @slot, which is at @place; @state is the flash of the boot state. From the first
 * erased sector until the last word the slot does not boot; then it is tried next. E_SLOT_IN_USE
 * for a slot that must be kept, E_TOO_MANY for an image larger than the slot: nothing was written.
 * E_FLASH_WRITE, E_FLASH_ERASE: the slot does not boot.
 */
int slots_update(const struct flash *state, const struct slots_place *place, unsigned slot,
		 struct bytes image);

#endif
