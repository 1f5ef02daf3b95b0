/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature views: clusters that see memory elsewhere than the loader does, or not all of it, as
 * `view` in the board's board.c says, or begin at an address that is not theirs to choose, as
 * `vectors` says. Only boards with such a cluster need it, with feature clusters; without it all
 * addresses are the loader's. It has no hooks: features->views.
 */
#ifndef BOOT_FEATURE_VIEWS_H
#define BOOT_FEATURE_VIEWS_H

#include "base/features.h"

#endif
