/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_ARM64_ARM64_H
#define BOOT_FEATURE_ARM64_ARM64_H

#include "boot/image/image.h"

/*
 * Linux's arm64 Image, not compressed (Documentation/arm64/booting.rst): magic "ARM\x64" at 56.
 * Loaded and entered text_offset bytes above a multiple of 2 MiB, where it runs: the segment has
 * all of image_size, bss included. E_ARM64_BROKEN, for one without a size (before Linux 3.17) and a
 * big-endian one, too; E_IMAGE_FORMAT without a load address.
 */
int arm64_parse(struct image *image, const struct image_hint *hint, struct error *e);

#endif
