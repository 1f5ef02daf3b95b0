/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature recovery: a boot image over the serial line, when none boots or a person wants it.
 * Without it a boot that fails stops. docs/recovery.md has the rules.
 */
#ifndef BOOT_FEATURE_RECOVERY_H
#define BOOT_FEATURE_RECOVERY_H

#include "base/features.h"
#include "boot/boot.h"
#include "boot/feature/slots.h"

#define RECOVERY_KEY ('R' & 0x1f) /* Ctrl-R: line noise and people at a shell rarely send it */

struct recovery_feature {
	/*
	 * Read what has come from the console so far, and keep in mind if RECOVERY_KEY was in it.
	 * Takes no time. Called in front of board_start() too, which may forget what came before
	 * it.
	 */
	void (*look)(void);
	int (*asked_for)(const struct boot *boot, struct error *e);
	int (*boot)(struct boot *boot, struct error *e);
};
extern const struct recovery_feature recovery_feature;

/*
 * In front of starting a core: E_KEY_PRESSED if the key has come and no core runs yet. So who
 * presses it has all the time that the loader takes to plan and to load, and the loader waits for
 * nobody.
 */
FEATURE_INLINE int recovery_asked_for(const struct boot *boot, struct error *e)
{
	return features->recovery ? features->recovery->asked_for(boot, e) : 0;
}

/*
 * slots_boot(), and if nothing is started by that, boot images over the serial line until one is.
 * Returns only with an error of something that was started.
 */
FEATURE_INLINE int recovery_boot(struct boot *boot, struct error *e)
{
	return features->recovery ? features->recovery->boot(boot, e) : slots_boot(boot, e);
}

#endif
