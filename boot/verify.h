/* SPDX-License-Identifier: BSD-2-Clause */
/* An image's data against all of its hashes. */
#ifndef BOOT_VERIFY_H
#define BOOT_VERIFY_H

#include "boot/image/fit.h"

struct verify {
	const struct fit_image *image;
	struct hash_state hash[FIT_HASHES];
};

/* In pieces, in order. verify_finish(): E_HASH_WRONG. */
void verify_start(struct verify *v, const struct fit_image *image);
void verify_add(struct verify *v, const uint8_t *data, size_t size);
int verify_finish(struct verify *v, struct error *e);

/* All at once, where it lies, for good: nobody may write there meanwhile or later. E_HASH_WRONG. */
int verify_image(struct fit_image *image, struct error *e);

#endif
