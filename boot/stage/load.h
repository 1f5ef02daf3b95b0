/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_STAGE_LOAD_H
#define BOOT_STAGE_LOAD_H

#include "boot/image/fit.h"
#include "boot/image/image.h"

/*
 * Read @fit's data once, hash it, and write what belongs to the @segments to their places, zeros
 * behind what they hold; no segments: only check the hashes. Everything written is in RAM, not
 * only in a cache. E_HASH_WRONG: the image is not to be used, although it has been written.
 */
int load_verified(const struct fit_image *fit, const struct segment *segment, unsigned segments,
		  struct error *e);

#endif
