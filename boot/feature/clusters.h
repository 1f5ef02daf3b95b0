/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature clusters: a manifest may say by `cluster` in which of the board's a context's cores are.
 * Without it all are in the first, that of the loader, and a manifest with the property is refused.
 * It has no hooks: features->clusters.
 */
#ifndef BOOT_FEATURE_CLUSTERS_H
#define BOOT_FEATURE_CLUSTERS_H

#include "base/features.h"

#endif
