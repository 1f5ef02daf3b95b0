/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature interrupts: a doorbell's SPI that a device of Linux's tree has already is refused, and so
 * is a tree whose GIC is not where the board's is. Without it nobody looks: the host's command has
 * done so.
 */
#ifndef BOOT_FEATURE_INTERRUPTS_H
#define BOOT_FEATURE_INTERRUPTS_H

#include "base/features.h"
#include "fdt/interrupts.h"

struct interrupts_feature {
	interrupts_find_user_t *find_user;
};
extern const struct interrupts_feature interrupts_feature;

#endif
