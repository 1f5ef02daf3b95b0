/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The features of a loader: FEATURES is make's list of them, HAS(arm64) HAS(attach) …; and, for
 * tools to find in the loader's file, BOARD's name and FEATURE_NAMES, the list as one string.
 */
#include "base/error_list.h"
#include "base/features.h"
#include "boot/feature/arm64.h"
#include "boot/feature/decompression.h"
#include "boot/feature/devices.h"
#include "boot/feature/fast_hash.h"
#include "boot/feature/helpers.h"
#include "boot/feature/interrupts.h"
#include "boot/feature/late_unpack.h"
#include "boot/feature/monitor.h"
#include "boot/feature/overlays.h"
#include "boot/feature/recovery.h"
#include "boot/feature/regions.h"
#include "boot/feature/resets.h"
#include "boot/feature/sha1.h"
#include "boot/feature/signature.h"
#include "boot/feature/slots.h"
#include "boot/feature/stm32.h"
#include "boot/feature/uimage.h"

#define HAS(name)	  .name = HAS_##name,
#define HAS_adma	  true
#define HAS_arm64	  &arm64_feature
#define HAS_attach	  true
#define HAS_clusters	  true
#define HAS_decompression &decompression_feature
#define HAS_devices	  &devices_feature
#define HAS_errors	  &error_features
#define HAS_explain	  true
#define HAS_fast_hash	  &fast_sha256
#define HAS_helpers	  &helpers_feature
#define HAS_interrupts	  &interrupts_feature
#define HAS_late_unpack	  &late_unpack_feature
#define HAS_monitor	  &monitor_feature
#define HAS_overlays	  &overlays_feature
#define HAS_recovery	  &recovery_feature
#define HAS_regions	  &regions_feature
#define HAS_resets	  &resets_feature
#define HAS_sha1	  &sha1_algorithm
#define HAS_signature	  &signature_feature
#define HAS_slots	  &slots_feature
#define HAS_stm32	  &stm32_feature
#define HAS_uimage	  &uimage_feature
#define HAS_views	  true

static const struct features built_in = { FEATURES.watchdog_s = WATCHDOG,
					  .console_now = CONSOLE_NOW };
const struct features *const features = &built_in;

__attribute__((used, section(".features"))) static const char names[] = "peerboot on " BOARD
									":" FEATURE_NAMES;
