/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature resets: Linux's module itself stops and starts contexts, by the resets of their cores
 * (struct board_reset), where no monitor does it. It finds what to make them anew from in copies of
 * the loader's, and in its tree where they go (fdt/linux_tree.h). Without this feature and without
 * a monitor a manifest with `controls` or `watchdog` is refused.
 */
#ifndef BOOT_FEATURE_RESETS_H
#define BOOT_FEATURE_RESETS_H

#include "base/features.h"
#include "boot/plan/plan.h"

struct resets_feature {
	/*
	 * Is it Linux that controls, and whom it can reset? Is everybody with a watchdog among
	 * them? E_MANIFEST_BROKEN.
	 */
	int (*check)(struct plan *plan, struct error *e);
	/*
	 * What the tree of @self, Linux, says of it, and regions. E_TOO_MANY, E_STAGING_FULL.
	 */
	int (*see)(struct plan *plan, const struct plan_context *self, struct error *e);
	/* When all contexts but Linux's tree are in memory: the copies. storage_failed(). */
	void (*keep)(struct plan *plan);
};
extern const struct resets_feature resets_feature;

#endif
