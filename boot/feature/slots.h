/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature slots: two boot images, and a state in flash that says which one boots, how often it is
 * still tried, and what is the oldest version. In: boot/feature/slots/. Out: slots_none.c, and slot
 * A boots. docs/slots.md has the rules.
 */
#ifndef BOOT_FEATURE_SLOTS_H
#define BOOT_FEATURE_SLOTS_H

#include "boot/plan.h"

/*
 * boot_run() with the slot that the state says; if that is refused before any core was started, with
 * the other. Returns only with an error: of the first slot, if both were refused. Flash that does
 * not take the state is recorded (FLASH_WRITE, FLASH_ERASE) and stops nothing.
 */
int slots_boot(struct plan *plan, struct error *e);

/* The configuration in plan->slot is the one to boot, signed or not: what the state keeps of it. */
void slots_found(const struct plan *plan);

#endif
