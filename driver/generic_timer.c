/* SPDX-License-Identifier: BSD-2-Clause */
/* Arm's generic timer (ARM DDI 0406C, chapter B8): its virtual counter is Linux's clock, too. */
#include "driver/clock.h"

/* Whoever sets the core up for us starts the counter of the system. */
void clock_start(void)
{
}

uint64_t clock_ticks(void)
{
	uint64_t ticks;

	__asm__ volatile("isb\n\tmrrc p15, 1, %Q0, %R0, c14" : "=r"(ticks)); /* CNTVCT */
	return ticks;
}

uint32_t clock_frequency(void)
{
	uint32_t hz;

	__asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(hz)); /* CNTFRQ */
	return hz;
}

void alarm_start(uint32_t ticks)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 0" ::"r"(ticks));	/* CNTV_TVAL */
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb" ::"r"(1)); /* CNTV_CTL: enabled */
}

void alarm_stop(void)
{
	__asm__ volatile("mcr p15, 0, %0, c14, c3, 1\n\tisb" ::"r"(0));
}

uint64_t secure_clock_ticks(void)
{
	uint64_t ticks;

	__asm__ volatile("isb\n\tmrrc p15, 0, %Q0, %R0, c14" : "=r"(ticks)); /* CNTPCT */
	return ticks;
}

/* CNTP's Secure copy, where SCR.NS is 0: its interrupt stays pending until it is told otherwise. */
void secure_alarm(uint64_t at)
{
	__asm__ volatile("mcrr p15, 2, %Q0, %R0, c14" ::"r"(at));		 /* CNTP_CVAL */
	__asm__ volatile("mcr p15, 0, %0, c14, c2, 1\n\tisb" ::"r"(at ? 1 : 0)); /* CNTP_CTL */
}
