/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory, and what is not this level's to have, by commands:
 *	peek ADDRESS		eight words there, mapped as a device's for that long, but for
 *				devices that are mapped anyway
 *	poke ADDRESS WORD	one, written
 *	trap			there is no answer
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include BOARD_MEMORY_MAP
#include "images/echo/control.h"
#include "images/echo/memory/trap.h"
#include "images/lib/mmu.h"

#define WORDS 8

static void map(uint32_t address, bool mapped)
{
	if (address - PEER_DEVICE_BASE >= PEER_DEVICE_SIZE)
		mmu_map_device(address, mapped);
}

static void peek(uint32_t address, uint32_t to[WORDS])
{
	for (unsigned i = 0; i < WORDS; i++, address += sizeof(*to)) {
		map(address, true);
		to[i] = *(const volatile uint32_t *)(uintptr_t)address;
		map(address, false);
	}
}

static void poke(uint32_t address, uint32_t word)
{
	map(address, true);
	*(volatile uint32_t *)(uintptr_t)address = word;
	map(address, false);
}

int control_memory(const char *const arg[], char *text, size_t size)
{
	uint32_t address, w[WORDS];

	if (arg[0] && !strcmp(arg[0], "trap"))
		trap();
	if (!arg[0] || !arg[1])
		return -1;
	address = (uint32_t)strtoul(arg[1], NULL, 0);
	if (!strcmp(arg[0], "poke") && arg[2]) {
		poke(address, (uint32_t)strtoul(arg[2], NULL, 0));
		return snprintf(text, size, "ok");
	}
	if (strcmp(arg[0], "peek"))
		return -1;
	peek(address, w);
	return snprintf(text, size,
			"%#" PRIx32 " %#" PRIx32 " %#" PRIx32 " %#" PRIx32 " %#" PRIx32 " %#" PRIx32
			" %#" PRIx32 " %#" PRIx32,
			w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]);
}
