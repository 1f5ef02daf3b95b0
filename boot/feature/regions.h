/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature regions: what the device tree keeps from Linux, and the manifest gives to a context
 * (`reserved-memory`), or has in the memory of a link that has failed. Without it a manifest
 * with that property is refused; what the tree keeps is the board's.
 */
#ifndef BOOT_FEATURE_REGIONS_H
#define BOOT_FEATURE_REGIONS_H

#include "base/features.h"
#include "boot/plan/plan.h"
#include "fdt/board_tree.h"

struct regions_feature {
	/*
	 * The context that the manifest gives it to, or that owns the failed link in whose memory
	 * it is: that is still kept for the owner. NULL: none.
	 */
	const struct plan_context *(*taker)(const struct plan *plan, const struct tree_region *r);
	/*
	 * For plan_linux(), before what has no node yet is divided: whose place regions of ours
	 * take, and nodes of what stays as it is.
	 */
	int (*take)(struct plan *plan, struct error *e);
};
extern const struct regions_feature regions_feature;

#endif
