/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature devices: what the manifest's `devices` take from Linux is looked at: is it there, once,
 * and can Linux do without it? Without the feature nobody looks: the host's command has done so.
 */
#ifndef BOOT_FEATURE_DEVICES_H
#define BOOT_FEATURE_DEVICES_H

#include "base/features.h"
#include "boot/plan/plan.h"

struct devices_feature {
	/*
	 * For what the tree is to disable. E_MANIFEST_BROKEN if it is not there, two contexts have
	 * it, or Linux can't do without it. What a context that failed leaves to Linux is disabled,
	 * too, if it needs what others have.
	 */
	int (*check)(struct plan *plan, struct error *e);
};
extern const struct devices_feature devices_feature;

#endif
