/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The features that need no board, as initializers of a table (base/features.h): of the host's
 * command and of its tests, which differ in whose signatures count.
 */
#ifndef TOOLS_PEERBOOT_PURE_FEATURES_H
#define TOOLS_PEERBOOT_PURE_FEATURES_H

#include "base/error_list.h"
#include "base/features.h"
#include "boot/feature/arm64.h"
#include "boot/feature/decompression.h"
#include "boot/feature/devices.h"
#include "boot/feature/interrupts.h"
#include "boot/feature/late_unpack.h"
#include "boot/feature/monitor.h"
#include "boot/feature/monitor/plan.h"
#include "boot/feature/overlays.h"
#include "boot/feature/regions.h"
#include "boot/feature/resets.h"
#include "boot/feature/sha1.h"
#include "boot/feature/stm32.h"
#include "boot/feature/uimage.h"
#include "monitor/tree.h"

#define PURE_FEATURES                                                                              \
	.errors = &error_features, .arm64 = &arm64_feature,                                        \
	.decompression = &decompression_feature, .devices = &devices_feature,                      \
	.interrupts = &interrupts_feature, .late_unpack = &late_unpack_feature,                    \
	.monitor = &(const struct monitor_feature){ .check = monitor_check_worlds,                 \
						    .check_room = monitor_check_room,              \
						    .firmware = &monitor_firmware },               \
	.overlays = &overlays_feature, .regions = &regions_feature, .resets = &resets_feature,     \
	.sha1 = &sha1_algorithm, .stm32 = &stm32_feature, .uimage = &uimage_feature, .adma = true, \
	.attach = true, .clusters = true, .views = true, .explain = true

#endif
