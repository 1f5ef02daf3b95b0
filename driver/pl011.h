/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm PL011 (DDI 0183) as the console: driver/console.h for a board that has UART_BASE in its
 * memory_map.h.
 */
#ifndef DRIVER_PL011_H
#define DRIVER_PL011_H

/* Wait until the last character has left. */
void pl011_drain(void);

#endif
