/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_MONITOR_UPDATE_H
#define BOOT_FEATURE_MONITOR_UPDATE_H

#include "boot/boot.h"

/* What struct monitor_feature says. */
void monitor_record_slots(uint32_t sector);
int monitor_check_update(struct boot *boot, struct range *image, struct error *e);

#endif
