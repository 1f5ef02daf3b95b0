/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature uimage: images in U-Boot's legacy format. In: boot/feature/uimage/. Out: uimage_none.c,
 * and such an image is refused.
 */
#ifndef BOOT_FEATURE_UIMAGE_H
#define BOOT_FEATURE_UIMAGE_H

#include "boot/image/image.h"

/* uimage_parse(), or NULL if the loader does not have it. image_parse() asks. */
image_parse_t *uimage_parser(void);

#endif
