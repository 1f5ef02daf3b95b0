/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature overlays: device-tree overlays (what dtc makes of a source with /plugin/), applied to the
 * tree that Linux's is made from. In: boot/feature/overlays/, by libfdt; out: overlays_none.c, and
 * a manifest that names some is refused.
 */
#ifndef BOOT_FEATURE_OVERLAYS_H
#define BOOT_FEATURE_OVERLAYS_H

#include "base/bytes.h"
#include "base/error.h"

struct overlay {
	const char *name; /* for errors */
	struct bytes tree;
};

/*
 * Make a tree of @base and the overlays (one or more), applied one after the other, at @to, which
 * is at a multiple of 8 and has @room bytes; *merged: what came of it. Each is checked first
 * (fdt/check.h), and so is the result. @base stays as it is; overlays lie at multiples of 8 in
 * memory that can be written to, and are used up. E_FDT_BROKEN; E_FDT_OVERLAY with the overlay's
 * name and libfdt's code.
 */
typedef int overlays_merge_t(uint8_t *to, size_t room, struct bytes base,
			     const struct overlay *overlay, unsigned overlays, struct bytes *merged,
			     struct error *e);

/* NULL if the loader has no such feature. */
overlays_merge_t *overlays_merger(void);

#endif
