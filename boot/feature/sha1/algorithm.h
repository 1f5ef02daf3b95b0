/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_SHA1_ALGORITHM_H
#define BOOT_FEATURE_SHA1_ALGORITHM_H

#include "boot/hash.h"

extern const struct hash_algorithm sha1_algorithm;

#endif
