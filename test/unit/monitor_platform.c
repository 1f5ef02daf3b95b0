/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine for the monitor on which nothing happens: a test has its own of what it is about. */
#include <stdlib.h>

#include "monitor/platform.h"

#define NOTHING __attribute__((weak))

NOTHING void platform_barrier(void)
{
}

NOTHING void platform_relax(void)
{
}

NOTHING void platform_kick(core_id_t core)
{
	(void)core;
}

NOTHING void platform_silence(void)
{
}

NOTHING void platform_silence_shared(const core_id_t *core, uint32_t mask)
{
	(void)core, (void)mask;
}

NOTHING uint64_t platform_ticks(void)
{
	return 1;
}

NOTHING uint32_t platform_ticks_per_ms(void)
{
	return 1;
}

NOTHING void platform_alarm(uint64_t at)
{
	(void)at;
}

NOTHING const struct flash *platform_state_flash(void)
{
	return NULL;
}

NOTHING void platform_power(bool again)
{
	(void)again;
	abort();
}
