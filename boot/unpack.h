/* SPDX-License-Identifier: BSD-2-Clause */
/* An image's data as it is to be used. */
#ifndef BOOT_UNPACK_H
#define BOOT_UNPACK_H

#include "boot/image/fit.h"
#include "boot/staging.h"

/*
 * If @image is compressed: verify it where it lies in memory, and decompress it to @staging, where
 * its data is from then on. Its hashes are of what is compressed, so it stays verified.
 * E_IMAGE_FORMAT (a compression that this loader does not know), E_HASH_WRONG, E_STAGING_FULL,
 * E_COMPRESSED_BROKEN.
 */
int unpack_image(struct fit_image *image, struct staging *staging, struct error *e);

/* The same for one of a compression that is known, in memory: to the @room at @to. */
int unpack_to(struct fit_image *image, uint8_t *to, size_t room, struct error *e);

#endif
