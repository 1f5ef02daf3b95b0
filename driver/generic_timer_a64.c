/* SPDX-License-Identifier: BSD-2-Clause */
/* As generic_timer.c, for AArch64 (ARM DDI 0487, chapter D11). */
#include "driver/clock.h"

/* Whoever sets the core up for us starts the counter of the system. */
void clock_start(void)
{
}

uint64_t clock_ticks(void)
{
	uint64_t ticks;

	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks));
	return ticks;
}

uint32_t clock_frequency(void)
{
	uint64_t hz;

	__asm__ volatile("mrs %0, cntfrq_el0" : "=r"(hz));
	return (uint32_t)hz;
}

void alarm_start(uint32_t ticks)
{
	__asm__ volatile("msr cntv_tval_el0, %0" ::"r"((uint64_t)ticks));
	__asm__ volatile("msr cntv_ctl_el0, %0\n\tisb" ::"r"(1ull)); /* enabled */
}

void alarm_stop(void)
{
	__asm__ volatile("msr cntv_ctl_el0, xzr\n\tisb");
}

uint64_t secure_clock_ticks(void)
{
	uint64_t ticks;

	__asm__ volatile("isb\n\tmrs %0, cntpct_el0" : "=r"(ticks));
	return ticks;
}

/* Of EL3 alone: its interrupt stays pending until it is told otherwise. */
void secure_alarm(uint64_t at)
{
	__asm__ volatile("msr cntps_cval_el1, %0" ::"r"(at));
	__asm__ volatile("msr cntps_ctl_el1, %0\n\tisb" ::"r"(at ? 1ull : 0ull));
}
