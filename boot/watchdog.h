/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader's own hang: make's WATCHDOG is how many seconds there may be between two calls of
 * watchdog_feed() before the board's own watchdog resets it. Each step of the way through the
 * loader is one such time. Nothing stops the watchdog: who has the board afterwards feeds it.
 */
#ifndef BOOT_WATCHDOG_H
#define BOOT_WATCHDOG_H

void watchdog_feed(void);

#endif
