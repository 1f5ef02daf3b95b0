/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_SLOTS_PROGRESS_H
#define BOOT_FEATURE_SLOTS_PROGRESS_H

#include "driver/flash.h"

/*
 * @flash, but on the console it shows how far an update of @slot with @size bytes is: sectors
 * erased, bytes written. It does what an update asks for, and one at a time.
 */
const struct flash *progress_start(const struct flash *flash, unsigned slot, uint32_t size);

#endif
