/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A lock between cores whose caches are off, where exclusive accesses need not work (ARM DDI 0406C,
 * A3.4.5): Lamport's bakery, by plain words of which each core writes its own. No holder waits for
 * anything, so nobody waits long.
 */
#ifndef MONITOR_LOCK_H
#define MONITOR_LOCK_H

#include <stdint.h>

#include "monitor/config.h"

struct monitor_lock {
	volatile uint32_t choosing[MONITOR_CORES];
	volatile uint32_t number[MONITOR_CORES]; /* 0: does not want it */
};

void monitor_lock(struct monitor_lock *lock, unsigned core);
void monitor_unlock(struct monitor_lock *lock, unsigned core);

#endif
