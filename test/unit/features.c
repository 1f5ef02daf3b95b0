/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/features.h"
#include "base/error_list.h"
#include "boot/feature/arm64.h"
#include "boot/feature/decompression.h"
#include "boot/feature/devices.h"
#include "boot/feature/interrupts.h"
#include "boot/feature/overlays.h"
#include "boot/feature/regions.h"
#include "boot/feature/sha1.h"
#include "boot/feature/signature/verify.h"
#include "boot/feature/signature.h"
#include "boot/feature/uimage.h"

/* Whose keys are trusted is no question here. */
static const struct signature_feature signature = { .check_image = signature_check_image };

struct features test_features = {
	.errors = &error_features,
	.arm64 = &arm64_feature,
	.decompression = &decompression_feature,
	.devices = &devices_feature,
	.interrupts = &interrupts_feature,
	.overlays = &overlays_feature,
	.regions = &regions_feature,
	.sha1 = &sha1_algorithm,
	.signature = &signature,
	.uimage = &uimage_feature,
	.attach = true,
	.clusters = true,
	.views = true,
	.explain = true,
};
const struct features *const features = &test_features;
