/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_UIMAGE_UIMAGE_H
#define BOOT_FEATURE_UIMAGE_UIMAGE_H

#include "boot/image/image.h"

/*
 * U-Boot's legacy image (include/image.h, struct image_header): a header of 64 bytes, big-endian,
 * then one image of any other format, for which the header's addresses stand in place of @hint's,
 * unless the load address is 0 and @hint has one: then its entry, if that is not 0, is an address
 * in what is loaded there. What follows it is none of ours. Both CRCs must be right, of header and
 * data; the type kernel, kernel_noload (loaded to @hint's place, its entry an offset), standalone
 * or firmware, of a ramdisk ramdisk (several files in one are refused); the architecture Arm or
 * AArch64, and what is in it of that width; of Linux's kernel (a kernel of @hint's `known`) the
 * system linux. E_UIMAGE_BROKEN; E_IMAGE_FORMAT for what is compressed, but a ramdisk, and for a
 * kernel of another system.
 */
int uimage_parse(struct image *image, const struct image_hint *hint, struct error *e);

#endif
