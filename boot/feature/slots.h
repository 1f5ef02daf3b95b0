/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature slots: two boot images, and a state in flash that says which one boots, how often it is
 * still tried, and what is the oldest version. Without it slot A boots. docs/slots.md has the
 * rules.
 */
#ifndef BOOT_FEATURE_SLOTS_H
#define BOOT_FEATURE_SLOTS_H

#include "base/features.h"
#include "boot/boot.h"
#include "boot/stage/stage.h"

struct slots_state;

struct slots_feature {
	int (*boot)(struct boot *boot, struct error *e);
	void (*found)(unsigned slot, uint32_t version);
	int (*write)(unsigned slot, struct range image, struct error *e);
	const struct slots_state *(*state)(void);
};
extern const struct slots_feature slots_feature;

/*
 * boot_run() with the slot that the state says; if that is refused before any core was started,
 * with the other; if later, the other one comes first at the next start. Returns only with an
 * error: of the first slot, if both were refused. Flash that does not take the state is recorded
 * (FLASH_WRITE, FLASH_ERASE) and stops nothing. What boots next, from anywhere, has @boot's
 * minimum.
 */
FEATURE_INLINE int slots_boot(struct boot *boot, struct error *e)
{
	return features->slots ? features->slots->boot(boot, e) : boot_run(boot, e);
}

/*
 * What boots from @slot has this version, signed or not: what the state keeps of it. Nothing of one
 * that is in neither slot.
 */
FEATURE_INLINE void slots_found(unsigned slot, uint32_t version)
{
	if (features->slots)
		features->slots->found(slot, version);
}

/*
 * Behind slots_boot(), when nothing runs: write @image, which lies in RAM and has been checked, to
 * @slot, and have it tried next (slots_update()); shows how far it is. E_SLOT_IN_USE, also where
 * there are no slots. Nothing but board_reset() leads to a boot from a slot then.
 */
FEATURE_INLINE int slots_write(unsigned slot, struct range image, struct error *e)
{
	if (features->slots)
		return features->slots->write(slot, image, e);
	return error_set(e, E_SLOT_IN_USE, "a loader without the feature slots writes none");
}

/* What the slot of this boot was chosen by, as flash has it by now; NULL: there is nothing. */
FEATURE_INLINE const struct slots_state *slots_known_state(void)
{
	return features->slots ? features->slots->state() : NULL;
}

#endif
