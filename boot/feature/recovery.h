/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature recovery: a boot image over the serial line, when none boots or a person wants it. In:
 * boot/feature/recovery/. Out: recovery_none.c, and a boot that fails stops. docs/recovery.md has
 * the rules.
 */
#ifndef BOOT_FEATURE_RECOVERY_H
#define BOOT_FEATURE_RECOVERY_H

#include "boot/boot.h"

#define RECOVERY_KEY ('R' & 0x1f) /* Ctrl-R: line noise and people at a shell rarely send it */

/*
 * Read what has come from the console so far, and keep in mind if RECOVERY_KEY was in it. Takes no
 * time. Called in front of board_start() too, which may forget what came before it.
 */
void recovery_look(void);

/*
 * In front of starting a core: E_KEY_PRESSED if the key has come and no core runs yet. So who
 * presses it has all the time that the loader takes to plan and to load, and the loader waits for
 * nobody.
 */
int recovery_asked_for(const struct boot *boot, struct error *e);

/*
 * slots_boot(), and if nothing is started by that, boot images over the serial line until one is.
 * Returns only with an error of something that was started.
 */
int recovery_boot(struct boot *boot, struct error *e);

#endif
