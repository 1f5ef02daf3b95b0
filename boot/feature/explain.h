/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature explain: more for people to read. The plan on the console, and all of base/explain.h. The
 * boot is the same without it. It has no hooks: explains().
 */
#ifndef BOOT_FEATURE_EXPLAIN_H
#define BOOT_FEATURE_EXPLAIN_H

#include "base/explain.h"

#endif
