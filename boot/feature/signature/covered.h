/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a configuration's signature has to cover. This is the loader's rule alone: what the image
 * says of it (`sign-images`, `hashed-nodes`) is not even read.
 *
 *  - the root node's properties,
 *  - the configuration's,
 *  - those of every image that the configuration names as `manifest`, `kernel`, `fdt`, `ramdisk` or
 *    in `loadables`, and of all hash nodes of these images,
 *
 * without `data`, `data-size`, `data-offset` and `data-position`, which mkimage changes after it
 * has signed; the images' hashes stand for them. With them go the names of all their sub-nodes.
 * These are the regions that U-Boot's fdt_find_regions() (boot/fdt_region.c) finds for that list of
 * nodes.
 */
#ifndef BOOT_FEATURE_SIGNATURE_COVERED_H
#define BOOT_FEATURE_SIGNATURE_COVERED_H

#include <stdbool.h>

#include "base/error.h"
#include "boot/image/fit.h"

/* Does the chosen configuration name @image? */
bool covered_image(const struct fit *fit, const char *image);

/*
 * SHA-256 of what is covered, tag by tag in the order of the tree, and of the first @strings bytes
 * of its strings. Where the tags end is plain from themselves, so nobody can move bytes between
 * them and the strings. Every name of a covered property must be in those strings
 * (E_SIGNATURE_WRONG), and no node's name may have an '@', which would let libfdt find one for
 * another (E_NODE_NAME).
 */
int covered_digest(const struct fit *fit, uint32_t strings, uint8_t digest[HASH_SIZE],
		   struct error *e);

#endif
