/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature devices: what the manifest's `devices` take from Linux is looked at: is it there, once,
 * and can Linux do without it? In: boot/feature/devices/. Out: devices_none.c, and nobody looks:
 * the host's command has done so.
 */
#ifndef BOOT_FEATURE_DEVICES_H
#define BOOT_FEATURE_DEVICES_H

#include "boot/plan/parts.h"

/* NULL if the loader has no such feature. */
plan_devices_t *devices_checker(void);

#endif
