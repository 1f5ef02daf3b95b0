/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature sha1: images with a hash of the algorithm sha1, by BearSSL. Without it such an image is
 * refused.
 */
#ifndef BOOT_FEATURE_SHA1_H
#define BOOT_FEATURE_SHA1_H

#include "base/features.h"
#include "boot/hash.h"

extern const struct hash_algorithm sha1_algorithm;

#endif
