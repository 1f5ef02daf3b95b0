/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature helpers: cores that wait help to load. Each takes the largest image that nobody has taken
 * yet, hashes it and writes it to its place, as the loader's own core does beside them. Without it,
 * or in storage that isn't memory-mapped, that core does all.
 *
 * Helpers are cores of the loader's cluster that no early context has: they come by core_start(),
 * and are off again, for the contexts that they belong to, before any of these is started. One
 * that does not come costs nothing but the time that it would have saved.
 */
#ifndef BOOT_FEATURE_HELPERS_H
#define BOOT_FEATURE_HELPERS_H

#include "base/features.h"
#include "boot/boot.h"
#include "boot/record.h"

/* What became of an image that was shared out. */
struct helpers_result {
	struct record_who by; /* who has loaded it, and when it was there */
	struct error error;
};

struct helpers_feature {
	/*
	 * If there is anybody to help, and enough to do, load all images that no early context
	 * waits for, and wait until every helper is done and off. E_CORE_START:
	 * one of them has taken an image, and does not go on; what it may still write nobody knows.
	 * What is wrong with an image is in its result.
	 */
	int (*share)(struct boot *boot, struct error *e);
	/* Of an image that was shared out; NULL: it was not, and is yet to be loaded. */
	const struct helpers_result *(*result)(const struct plan_image *image);
};
extern const struct helpers_feature helpers_feature;

/* NULL without the feature, too. */
FEATURE_INLINE const struct helpers_result *helpers_result(const struct plan_image *image)
{
	return features->helpers ? features->helpers->result(image) : NULL;
}

#endif
