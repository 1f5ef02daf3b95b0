/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature views: clusters that see memory elsewhere than the loader does, as `view` in the board's
 * board.c says. Only boards with such a cluster need it, with feature clusters; without it all
 * addresses are the loader's. It has no hooks: features->views.
 */
#ifndef BOOT_FEATURE_VIEWS_H
#define BOOT_FEATURE_VIEWS_H

#include "base/features.h"

#endif
