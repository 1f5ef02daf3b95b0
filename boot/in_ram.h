/* SPDX-License-Identifier: BSD-2-Clause */
/* A boot image in RAM, as if it were in a slot. */
#ifndef BOOT_IN_RAM_H
#define BOOT_IN_RAM_H

#include "boot/boot.h"

/*
 * boot_run() with the @image that was received: checked like any other, and claimed, so that
 * nothing is loaded over it. Returns only with an error.
 */
int in_ram_boot(struct boot *boot, struct range image, struct error *e);

/*
 * The same up to where the first core would be started: every image was hashed by then. Other than
 * in a boot, an optional context that fails is an error.
 */
int in_ram_check(struct boot *boot, struct range image, struct error *e);

#endif
