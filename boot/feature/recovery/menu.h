/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_RECOVERY_MENU_H
#define BOOT_FEATURE_RECOVERY_MENU_H

#include "boot/boot.h"

/*
 * Ask the person at the console what to do, and do it, over and over: what went wrong is reported.
 * Returns with the error of a boot that has started something. After MENU_WAIT without a key the
 * board starts anew: nobody may be there.
 */
void menu(struct boot *boot, struct error *e);

#define MENU_WAIT 300000 /* ms */

#endif
