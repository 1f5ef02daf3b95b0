/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_MONITOR_PLAN_H
#define BOOT_FEATURE_MONITOR_PLAN_H

#include "boot/keep.h"

/*
 * E_OUTSIDE_WORLD: something of a context, or of a link, is where it can't come; or a manifest asks
 * for what the board has not.
 */
int monitor_check_worlds(struct plan *plan, struct error *e);

/* All contexts; what lies in flash of the Secure world stays there. */
struct keep monitor_keeps(const struct plan *plan);

/* Is there room for what contexts are made anew from (boot/keep.h)? E_TOO_MANY, E_STAGING_FULL. */
int monitor_check_room(const struct plan *plan, struct error *e);

#endif
