/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The board's console, which a driver has (pl011), or the board.
 *
 * The first two are assembler, since they are called where no RAM is, too: no stack, no memory but
 * the device's, and no other registers than r0 to r3 and ip, or x0 to x3.
 */
#ifndef DRIVER_CONSOLE_H
#define DRIVER_CONSOLE_H

#include <stdbool.h>

/*
 * Have it ready, with whatever clocks and pins it needs. Called once before anything is printed,
 * and again when something is to be said of a fault.
 */
void board_start(void);

/* One character to the console; waits until it is taken. */
void board_put(char c);

/* Would board_put() take one now, without waiting? */
bool board_has_room(void);

/*
 * Feature recovery: a character that has come on the console, or -1; waits for none. Works before
 * board_start(), too, if the console does.
 */
int board_get(void);

#endif
