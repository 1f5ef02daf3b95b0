/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature slots: two boot images, and a state in flash that says which one boots, how often it is
 * still tried, and what is the oldest version. In: boot/feature/slots/. Out: slots_none.c, and slot
 * A boots. docs/slots.md has the rules.
 */
#ifndef BOOT_FEATURE_SLOTS_H
#define BOOT_FEATURE_SLOTS_H

#include "boot/boot.h"

/*
 * boot_run() with the slot that the state says; if that is refused before any core was started,
 * with the other; if later, the other one comes first at the next start. Returns only with an
 * error: of the first slot, if both were refused. Flash that does not take the state is recorded
 * (FLASH_WRITE, FLASH_ERASE) and stops nothing.
 */
int slots_boot(struct boot *boot, struct error *e);

/*
 * What boots from @slot has this version, signed or not: what the state keeps of it.
 * Nothing of one that is in neither slot.
 */
void slots_found(unsigned slot, uint32_t version);

/* Behind slots_boot(): the version below which no signed image boots. */
uint32_t slots_minimum(void);

/*
 * Behind slots_boot(), when nothing runs: write @image, which lies in RAM and has been checked, to
 * @slot, and have it tried next (slots_update()); shows how far it is. E_SLOT_IN_USE, also where
 * there are no slots. Nothing but board_reset() leads to a boot from a slot then.
 */
int slots_write(unsigned slot, struct range image, struct error *e);

#endif
