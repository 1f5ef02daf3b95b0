/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature arm64: images for 64-bit cores, Linux's arm64 Image and ELF64. In: boot/feature/arm64/.
 * Out: arm64_none.c, and such an image is refused before it is looked at: image_is_64().
 */
#ifndef BOOT_FEATURE_ARM64_H
#define BOOT_FEATURE_ARM64_H

#include "boot/image/image.h"

/* arm64_parse(), or NULL if the loader does not have it. image_parse() asks. */
image_parse_t *arm64_parser(void);

#endif
