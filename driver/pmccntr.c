/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The cycle counter of a core's performance monitors (ARM DDI 0406C, chapter C12), for cores that
 * have neither a generic timer nor another counter in reach. PMCCNTR_FREQUENCY of the board's
 * memory_map.h is the core's, in Hz; every 64th cycle counts, so that 32 bits last for minutes,
 * in which somebody has to ask.
 *
 * It is not quite what driver/clock.h wants: each core's counts from when that core started it, so
 * ticks of two cores can't be compared, and in silicon it stands while the core sleeps. A board
 * with a counter for all (a TTC, a system counter that the core reaches) has that in its place.
 */
#include "driver/clock.h"

#include BOARD_MEMORY_MAP

#define ENABLE	(1u << 0) /* of PMCR */
#define DIVIDED (1u << 3)
#define DIVISOR 64
#define CYCLES	(1u << 31) /* of PMCNTENSET */

/* Of p15. */
#define READ(register, value)  __asm__ volatile("mrc p15, 0, %0, " register : "=r"(value))
#define WRITE(register, value) __asm__ volatile("mcr p15, 0, %0, " register ::"r"(value))

/* As the counter does, they outlast a program's restart. */
static uint32_t last __attribute__((noinit));
static uint32_t rounds __attribute__((noinit));

void clock_start(void)
{
	uint32_t pmcr;

	READ("c9, c12, 0", pmcr);
	WRITE("c9, c12, 0", pmcr | ENABLE | DIVIDED);
	WRITE("c9, c12, 1", CYCLES);
}

uint64_t clock_ticks(void)
{
	uint32_t now;

	READ("c9, c13, 0", now); /* PMCCNTR */
	rounds += now < last;
	last = now;
	return (uint64_t)rounds << 32 | now;
}

uint32_t clock_frequency(void)
{
	return PMCCNTR_FREQUENCY / DIVISOR;
}
