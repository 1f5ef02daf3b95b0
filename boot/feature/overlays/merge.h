/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_OVERLAYS_MERGE_H
#define BOOT_FEATURE_OVERLAYS_MERGE_H

#include "boot/feature/overlays.h"

overlays_merge_t overlays_merge;

#endif
