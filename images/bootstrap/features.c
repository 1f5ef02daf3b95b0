/* SPDX-License-Identifier: BSD-2-Clause */
/* What the bootstrap can: it has images and a plan, but no boot image. */
#include "base/features.h"
#include "boot/feature/devices.h"
#include "boot/feature/interrupts.h"
#include "boot/feature/regions.h"
#include "boot/feature/uimage.h"

static const struct features built_in = {
	.devices = &devices_feature,
	.interrupts = &interrupts_feature,
	.regions = &regions_feature,
	.uimage = &uimage_feature,
	.attach = true,
	.clusters = true,
	.explain = true,
};
const struct features *const features = &built_in;
