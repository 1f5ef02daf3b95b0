/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature decompression: images with `compression` other than "none". Without it no format is
 * known, and such an image is refused.
 */
#ifndef BOOT_FEATURE_DECOMPRESSION_H
#define BOOT_FEATURE_DECOMPRESSION_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/features.h"

struct decompression {
	const char *name; /* as in the FIT's `compression` */
	/*
	 * All of @from, which is verified, to @to; *size: how many bytes that made, @room at most,
	 * which is never passed. What the format says of the size is compared with @room before,
	 * and with what there was behind; its checksums are checked. E_STAGING_FULL,
	 * E_COMPRESSED_BROKEN: also for anything that follows the data.
	 */
	int (*run)(struct bytes from, uint8_t *to, size_t room, size_t *size, struct error *e);
};

struct decompression_feature {
	const struct decompression *(*find)(const char *name); /* NULL: none of that name */
};
extern const struct decompression_feature decompression_feature;

FEATURE_INLINE const struct decompression *decompression_find(const char *name)
{
	return features->decompression ? features->decompression->find(name) : NULL;
}

#endif
