/* SPDX-License-Identifier: BSD-2-Clause */
/* The features that tests run with: all that are pure, until a test says otherwise. */
#ifndef TEST_UNIT_FEATURES_H
#define TEST_UNIT_FEATURES_H

#include "base/features.h"

extern struct features test_features;

#endif
