/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature uimage: images in U-Boot's legacy format. Without it such an image is refused.
 */
#ifndef BOOT_FEATURE_UIMAGE_H
#define BOOT_FEATURE_UIMAGE_H

#include "base/features.h"
#include "boot/image/image.h"

struct uimage_feature {
	image_parse_t *parse; /* image_parse() calls it */
};
extern const struct uimage_feature uimage_feature;

#endif
