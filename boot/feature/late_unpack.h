/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature late_unpack: of a compressed arm64 Image the plan has the size that it announces and its
 * head, and the rest is decompressed when it is loaded, straight to its place, so that early
 * contexts don't wait for it. Without it, it is decompressed whole before the plan holds, as all
 * others are: what plans them may be anywhere in them.
 */
#ifndef BOOT_FEATURE_LATE_UNPACK_H
#define BOOT_FEATURE_LATE_UNPACK_H

#include "base/features.h"
#include "boot/image/fit.h"
#include "boot/staging.h"

struct late_unpack_feature {
	/*
	 * Put off what can be: @image is `packed` then, and its data is of the announced size, of
	 * which @staging has as much as says what it is and how it is loaded. A decoder has seen
	 * the beginning by then; where it may see nothing that is not as it was signed
	 * (@verified_only), the hash of all of it comes first. What can't be put off is left as it
	 * is, for unpack_image(). E_HASH_WRONG, E_STAGING_FULL, E_STORAGE_READ.
	 */
	int (*put_off)(struct fit_image *image, bool verified_only, struct staging *staging,
		       struct error *e);
	/*
	 * Verify @image, which is `packed`, and decompress it to @to, where its data is then, no
	 * more and no less than was announced and beginning as it did, or it is
	 * E_COMPRESSED_BROKEN. Also E_HASH_WRONG, E_STORAGE_READ.
	 */
	int (*run)(struct fit_image *image, uint8_t *to, struct error *e);
};
extern const struct late_unpack_feature late_unpack_feature;

/* Is the rest of @image still to be decompressed? */
FEATURE_INLINE bool is_put_off(const struct fit_image *image)
{
	return features->late_unpack && image->packed.size;
}

#endif
