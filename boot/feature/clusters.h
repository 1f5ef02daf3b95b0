/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature clusters: a manifest may say by `cluster` in which of the board's a context's cores are.
 * In: boot/feature/clusters/. Out: clusters_none.c, all are in the first, that of the loader, and a
 * manifest with the property is refused.
 */
#ifndef BOOT_FEATURE_CLUSTERS_H
#define BOOT_FEATURE_CLUSTERS_H

#include <stdbool.h>

bool names_clusters(void);

#endif
