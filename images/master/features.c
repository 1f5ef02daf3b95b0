/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/features.h"

static const struct features built_in = { .explain = true };
const struct features *const features = &built_in;
