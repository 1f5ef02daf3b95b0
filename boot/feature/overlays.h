/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature overlays: device-tree overlays (what dtc makes of a source with /plugin/), applied to the
 * tree that Linux's is made from, by libfdt. Without it a manifest that names some is refused.
 */
#ifndef BOOT_FEATURE_OVERLAYS_H
#define BOOT_FEATURE_OVERLAYS_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/features.h"

struct overlay {
	const char *name; /* for errors */
	struct bytes tree;
};

struct overlays_feature {
	/*
	 * Make a tree of @base and the overlays (one or more), applied one after the other, at @to,
	 * which is at a multiple of 8 and has @room bytes; *merged: what came of it. Each is
	 * checked first (fdt/check.h), and so is the result. @base stays as it is; overlays lie at
	 * multiples of 8 in memory that can be written to, and are used up. E_FDT_BROKEN;
	 * E_FDT_OVERLAY with the overlay's name and libfdt's code.
	 */
	int (*merge)(uint8_t *to, size_t room, struct bytes base, const struct overlay *overlay,
		     unsigned overlays, struct bytes *merged, struct error *e);
};
extern const struct overlays_feature overlays_feature;

#endif
