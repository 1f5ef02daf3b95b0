/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux's own watchdog, on a board with a monitor (docs/monitor.md): a /dev/watchdogN, by the
 * property watchdog-ms of the loader's node "peerboot,monitor" (peerboot,monitor.yaml). It runs
 * from the start of the kernel on and can't be stopped; until a program opens it, and when that
 * has closed it by the rules (Documentation/watchdog/watchdog-api.rst), the kernel itself feeds
 * it. It is fed when all cores that are online have taken an interrupt: one that does not is
 * enough.
 */
#ifndef PEERBOOT_WATCHDOG_H
#define PEERBOOT_WATCHDOG_H

struct device;

/* While @dev, of that node, is bound. 0, also without the property, or a negative errno. */
int life_watchdog_add(struct device *dev);

#endif
