/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature adma: Linux may be woken by a DMA channel of a Versal's low power domain
 * (doorbell/adma.h). Only boards with such channels need it; without it that kind of doorbell is
 * none. It has no hooks: features->adma.
 */
#ifndef BOOT_FEATURE_ADMA_H
#define BOOT_FEATURE_ADMA_H

#include "base/features.h"

#endif
