/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature arm64: images for 64-bit cores, Linux's arm64 Image and ELF64. Without it such an image
 * is refused before it is looked at: image_take_64().
 */
#ifndef BOOT_FEATURE_ARM64_H
#define BOOT_FEATURE_ARM64_H

#include "base/features.h"
#include "boot/image/image.h"

struct arm64_feature {
	image_parse_t *parse; /* Linux's arm64 Image; image_parse() calls it */
};
extern const struct arm64_feature arm64_feature;

#endif
