/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a board's power, and its reset button: the board has them, by drivers. */
#ifndef DRIVER_POWER_H
#define DRIVER_POWER_H

/* Feature recovery: as if by the reset button. */
void board_reset(void) __attribute__((noreturn));

/* The end after an error: power off, or wait for a watchdog or a person. */
void board_stop(void) __attribute__((noreturn));

#endif
