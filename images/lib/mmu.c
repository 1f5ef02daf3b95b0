/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A flat map: own memory cached, shared memory normal and non-cacheable, the board's devices for
 * peers, everything else unmapped. Of what the loader has left, the pristine tables are needed, to
 * be read only.
 */
#include <stddef.h>
#include <string.h>

#include BOARD_MEMORY_MAP
#include "arch/map.h"
#include "images/lib/mmu.h"

#define MIB 0x100000u

/* Linker script: our own memory. */
extern char private_start[], private_end[];

void mmu_enable(void)
{
	const uintptr_t own = (uintptr_t)private_start;
	const size_t own_size = (uintptr_t)private_end - own;
	const struct {
		uintptr_t base;
		size_t size;
		enum map_kind kind;
	} map[] = {
		{ own, own_size, MAP_OWN },
		{ SHARED_BASE, SHARED_SIZE, MAP_SHARED },
		{ RECORD_BASE, RECORD_SIZE, MAP_SHARED_READ },
		{ PEER_DEVICE_BASE, PEER_DEVICE_SIZE, MAP_DEVICE },
#ifdef VECTORS_SIZE /* of cores whose exceptions go to a place of its own */
		{ VECTORS_BASE, VECTORS_SIZE, MAP_CODE },
#endif
#ifdef FED_SIZE /* where Linux looks after watchdogs */
		{ FED_BASE, FED_SIZE, MAP_SHARED },
#endif
#ifdef MONITOR_CODE_SIZE /* in the Secure world it runs by our map */
		{ MONITOR_BASE, own - SECURE_RAM_BASE < SECURE_RAM_SIZE ? MONITOR_CODE_SIZE : 0,
		  MAP_CODE },
		{ MONITOR_BASE + MONITOR_CODE_SIZE,
		  own - SECURE_RAM_BASE < SECURE_RAM_SIZE ? MONITOR_SIZE - MONITOR_CODE_SIZE : 0,
		  MAP_SHARED },
#endif
	};

	memset(mmu_table, 0, (size_t)(mmu_table_end - mmu_table));
	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		map_area(map[i].base, map[i].size, 0, map[i].kind);
	map_forget_lines(own, own_size);
	map_start();
}

void mmu_map_device(uint32_t address, bool mapped)
{
	map_area(address & ~(MIB - 1), MIB, 0, mapped ? MAP_DEVICE : MAP_NONE);
	map_changed();
}
