/* SPDX-License-Identifier: BSD-2-Clause */
/* Updates of slots, beside boot/board/virt/flash.c. */
#include "arch/map.h"
#include "boot/board.h"
#include BOARD_MEMORY_MAP
#include "boot/memory.h"

void board_slots_again(void)
{
	const phys_addr_t slots = FLASH_BASE + SLOT_A_OFFSET;

	memory_map_anew((struct range){ slots, STATE_BASE - slots }, MAP_ROM);
	map_forget_lines(slots, STATE_BASE - slots); /* read before it was written */
}

struct range board_update_place(void)
{
	return (struct range){ UPDATE_BASE, SLOT_SIZE };
}
