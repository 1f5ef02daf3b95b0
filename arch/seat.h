/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For C and for the assembler, behind the board's memory map: how a helper comes. The words for
 * that are in the record's memory, between the entries and the pristine tables, which nobody gets
 * after the loader: a core that comes late, whatever runs by then, finds the gate closed there, and
 * sleeps. Each has a line of the caches for itself, since helpers come without caches.
 */
#ifndef ARCH_SEAT_H
#define ARCH_SEAT_H

#define HELPERS 3 /* at most; they are numbered from 1 on */

#define SEAT_SIZE    64					  /* bytes: a line */
#define SEATS_OFFSET (0x4000 - (HELPERS + 1) * SEAT_SIZE) /* in the record's memory */
/* In seat 0 is the gate: */
#define GATE_OPEN 0x4e45504f /* "OPEN": not what RAM has by itself */
/* In a helper's own is how far it is: */
#define SEAT_EMPTY 0
#define SEAT_LATE  1 /* it has found the gate closed, and sleeps */
#define SEAT_TAKEN 2 /* it has come, and then looks at the gate */
#define SEAT_LEFT  3 /* it does nothing any more but switch itself off */

#define HELPER_STACK	       0x1000
#define HELPER_STACK_EXCEPTION 0x1000 /* a report's, in C */

#endif
