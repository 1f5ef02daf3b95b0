/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature interrupts: a doorbell's SPI that a device of Linux's tree has already is refused, and so
 * is a tree whose GIC is not where the board's is. In: boot/feature/interrupts/. Out:
 * interrupts_none.c, and nobody looks: the host's command has done so.
 */
#ifndef BOOT_FEATURE_INTERRUPTS_H
#define BOOT_FEATURE_INTERRUPTS_H

#include "boot/plan/parts.h"
#include "fdt/interrupts.h"

/* NULL if the loader has no such feature. */
interrupts_find_user_t *interrupts_user_finder(void);

#endif
