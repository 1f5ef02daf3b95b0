/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_OVERLAYS_FIXUPS_H
#define BOOT_FEATURE_OVERLAYS_FIXUPS_H

#include <stdbool.h>

/*
 * May libfdt follow the fixups of @overlay, a checked tree? fdt_overlay_apply() reads and adds to a
 * word at any offset that /__local_fixups__ has, and its bound for those in /__fixups__ wraps. Both
 * can be made to change fixups themselves before they are followed. What dtc makes does none of it.
 */
bool fixups_are_sound(const void *overlay);

#endif
