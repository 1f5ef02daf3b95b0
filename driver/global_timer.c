/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cortex-A9's global timer (ARM DDI 0407, 4.3 and 4.4), for cores that have no generic timer: one
 * counter for all cores, and a comparator of each core's own, which reaches only that core. At
 * GLOBAL_TIMER_BASE, with GLOBAL_TIMER_FREQUENCY ticks a second as long as nobody changes the
 * cores' clock.
 */
#include "driver/clock.h"

#include BOARD_MEMORY_MAP

#define TIMER(offset) (*(volatile uint32_t *)(GLOBAL_TIMER_BASE + (offset)))
#define COUNTER_LOW   TIMER(0x00)
#define COUNTER_HIGH  TIMER(0x04)
#define CONTROL	      TIMER(0x08)
#define STATUS	      TIMER(0x0c)
#define COMPARE_LOW   TIMER(0x10)
#define COMPARE_HIGH  TIMER(0x14)

#define ENABLE	  (1u << 0) /* the counter, which all have: never taken back */
#define COMPARE	  (1u << 1) /* this core's */
#define INTERRUPT (1u << 2) /* likewise */
#define REACHED	  (1u << 0) /* of STATUS; written, it is taken back */

void clock_start(void)
{
	CONTROL |= ENABLE;
}

uint64_t clock_ticks(void)
{
	uint32_t low, high;

	do {
		high = COUNTER_HIGH;
		low = COUNTER_LOW;
	} while (high != COUNTER_HIGH);
	return (uint64_t)high << 32 | low;
}

uint32_t clock_frequency(void)
{
	return GLOBAL_TIMER_FREQUENCY;
}

void alarm_stop(void)
{
	CONTROL = ENABLE;
	STATUS = REACHED;
}

void alarm_start(uint32_t ticks)
{
	uint64_t at = clock_ticks() + ticks;

	alarm_stop(); /* it must not compare with half of the time */
	COMPARE_LOW = (uint32_t)at;
	COMPARE_HIGH = (uint32_t)(at >> 32);
	CONTROL = ENABLE | COMPARE | INTERRUPT;
}
