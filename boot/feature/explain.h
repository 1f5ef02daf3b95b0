/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature explain: more for people to read. The plan on the console, and all of base/explain.h. In:
 * boot/feature/explain/. Out: explain_none.c. The boot is the same.
 */
#ifndef BOOT_FEATURE_EXPLAIN_H
#define BOOT_FEATURE_EXPLAIN_H

#include "base/explain.h"

#endif
