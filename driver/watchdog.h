/* SPDX-License-Identifier: BSD-2-Clause */
/* A board's own watchdog, which resets it if the loader hangs: of a board that has one. */
#ifndef DRIVER_WATCHDOG_H
#define DRIVER_WATCHDOG_H

/*
 * Begin the watchdog's time anew. The first call starts it if @seconds is not 0; one that already
 * runs, from a fuse say, keeps its own time. Boards without a watchdog do not have the function.
 */
void board_feed_watchdog(unsigned seconds);

#endif
