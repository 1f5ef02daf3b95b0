/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor/lock.h"
#include "monitor/platform.h"

void monitor_lock(struct monitor_lock *lock, unsigned core)
{
	uint32_t highest = 0, other;

	lock->choosing[core] = 1;
	platform_barrier();
	for (unsigned i = 0; i < MONITOR_CORES; i++)
		if (lock->number[i] > highest)
			highest = lock->number[i];
	lock->number[core] = highest + 1;
	platform_barrier();
	lock->choosing[core] = 0;
	for (unsigned i = 0; i < MONITOR_CORES; i++) {
		while (lock->choosing[i])
			;
		do
			other = lock->number[i];
		while (other && (other < highest + 1 || (other == highest + 1 && i < core)));
	}
	platform_barrier();
}

void monitor_unlock(struct monitor_lock *lock, unsigned core)
{
	platform_barrier();
	lock->number[core] = 0;
}
