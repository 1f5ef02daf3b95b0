/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The loader's boot state, if it keeps one (docs/slots.md), below /sys/firmware/peerboot:
 *	booted		"a" or "b", the slot that was booted last: this system's
 *	confirm		1 if that slot is confirmed; write 1 to confirm it
 *	minimum		version below which the loader boots nothing
 * and where a board with a monitor has a place for updates (update_place.h):
 *	image		write a boot image for the other slot to it
 *	update		write 1 to have it verified and put there at the next reset; 1 if so
 * Anybody reads booted and minimum, but root alone where the state is on a card.
 */
#ifndef PEERBOOT_SLOTS_H
#define PEERBOOT_SLOTS_H

/*
 * Behind debugfs_create(), which finds the boot record. Without a boot state, or booted from no
 * slot, nothing is created.
 */
void slots_create(void);
void slots_destroy(void);

#endif
