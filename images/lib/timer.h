/* SPDX-License-Identifier: BSD-2-Clause */
/* The Arm generic timer's virtual counter: one clock for all cores, Linux's too. */
#ifndef IMAGES_LIB_TIMER_H
#define IMAGES_LIB_TIMER_H

#include <stdbool.h>
#include <stdint.h>

/* What the counter said at the image's first instruction; 0 without one. */
extern const uint64_t start_tick;

/* Not every ARMv7 core has it (Cortex-A5, A8, A9): all below is undefined there. */
static inline bool timer_there(void)
{
	uint32_t features;

	__asm__("mrc p15, 0, %0, c0, c1, 1" : "=r"(features)); /* ID_PFR1 */
	return features >> 16 & 0xf;
}

static inline uint64_t timer_ticks(void)
{
	uint32_t low, high;

	__asm__ volatile("isb\n\tmrrc p15, 1, %0, %1, c14" : "=r"(low), "=r"(high));
	return (uint64_t)high << 32 | low;
}

/* Ticks a second; 0 if no firmware has said it to this core. */
static inline uint32_t timer_frequency(void)
{
	uint32_t hz;

	__asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(hz));
	return hz;
}

/* Let the timer's interrupt come in @ticks, and take it back whether it has come or not. */
static inline void timer_start(uint32_t ticks)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 0" ::"r"(ticks));	/* CNTV_TVAL */
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb" ::"r"(1)); /* CNTV_CTL: enabled */
}

static inline void timer_stop(void)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb" ::"r"(0));
}

#endif
