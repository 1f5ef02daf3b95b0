/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A flat map: own memory cached, shared memory normal and non-cacheable, what doorbells take as
 * device, everything else unmapped. Of what the loader has left, the pristine tables are needed,
 * to be read only.
 */
#include <stddef.h>
#include <string.h>

#include BOARD_MEMORY_MAP
#include "arch/armv8-a/translation.h"
#include "images/lib/image.h"
#include "images/lib/mmu.h"

#define MIB 0x100000u

/* Linker script: our own memory, and room for the tables outside everything that is loaded. */
extern char private_start[], private_end[];
extern translation_table mmu_table[], mmu_table_end[];

static struct translation translation = { mmu_table, 0, 1 };

void mmu_enable(void)
{
	const phys_addr_t own = (phys_addr_t)private_start, end = (phys_addr_t)private_end;
	const struct {
		struct range range;
		uint64_t attributes;
	} map[] = {
		{ { own, end - own }, TRANSLATION_CACHED },
		{ { SHARED_BASE, SHARED_SIZE }, TRANSLATION_UNCACHED | TRANSLATION_XN },
		{ { RECORD_BASE, RECORD_SIZE },
		  TRANSLATION_UNCACHED | TRANSLATION_XN | TRANSLATION_RO },
		{ { PEER_DEVICE_BASE, PEER_DEVICE_SIZE }, TRANSLATION_DEVICE | TRANSLATION_XN },
	};

	translation.tables = (unsigned)(mmu_table_end - mmu_table);
	memset(mmu_table, 0, translation.tables * sizeof(*mmu_table));
	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (!translation_map(&translation, map[i].range, map[i].range.base,
				     map[i].attributes))
			stop();
	translation_start(&translation, map[0].range);
}

void mmu_map_device(uint32_t address, bool mapped)
{
	const struct range around = { address & ~(MIB - 1), MIB };

	if (!translation_map(&translation, around, around.base,
			     mapped ? TRANSLATION_DEVICE | TRANSLATION_XN : TRANSLATION_NONE))
		stop();
	translation_changed();
}
