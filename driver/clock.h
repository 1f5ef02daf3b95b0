/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The board's clock: a counter that runs from reset on, the same for all cores, and an alarm of
 * each core's own. The board names the driver that has these (docs/porting.md): generic_timer, or
 * global_timer where the cores are older than that.
 *
 * The generic timer's is the virtual counter, which is Linux's clock, too. It is the same for all
 * cores only where CNTVOFF is 0 on each: a hypervisor or firmware that sets another offset for one
 * of them moves that one's records and traces against the others'.
 */
#ifndef DRIVER_CLOCK_H
#define DRIVER_CLOCK_H

#include <stdint.h>

/* Have it run, if nobody has done that yet. The loader calls it before all others. */
void clock_start(void);

uint64_t clock_ticks(void);

/* Ticks a second; 0 if nobody has said it to this core. */
uint32_t clock_frequency(void);

/*
 * Have this core's alarm interrupt it in @ticks, by ALARM_INTERRUPT of the board's memory_map.h;
 * and take that back whether it has come or not.
 */
void alarm_start(uint32_t ticks);
void alarm_stop(void);

/*
 * The Secure world's, for the monitor: the same counter, which nobody of the other world can move;
 * and an alarm beside the one above, at that tick, 0: never. driver/secure_interrupts.h has what
 * comes then.
 */
uint64_t secure_clock_ticks(void);
void secure_alarm(uint64_t at);

#endif
