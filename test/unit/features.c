/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/features.h"
#include "boot/feature/signature/verify.h"
#include "boot/feature/signature.h"
#include "tools/peerboot/pure_features.h"

/* Whose keys are trusted is no question here. */
static const struct signature_feature signature = { .check_image = signature_check_image };

struct features test_features = {
	PURE_FEATURES,
	.signature = &signature,
};
const struct features *const features = &test_features;
