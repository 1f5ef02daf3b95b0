/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature sha1: images with a hash of the algorithm sha1. In: boot/feature/sha1/, BearSSL's. Out:
 * sha1_none.c, and such an image is refused.
 */
#ifndef BOOT_FEATURE_SHA1_H
#define BOOT_FEATURE_SHA1_H

#include "boot/hash.h"

/* NULL if the loader does not have it. hash_find() asks. */
const struct hash_algorithm *sha1_find(void);

#endif
