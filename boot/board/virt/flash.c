/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flash: bank 0 has the loader, which runs there, and the slots; the boot state is in bank 1, or at
 * the end of bank 0.
 */
#include "boot/board.h"
#include BOARD_MEMORY_MAP
#include "boot/board/virt/flash.h"
#include "boot/memory.h"

static const struct cfi_intel bank1 = CFI_INTEL(FLASH1_BASE, NULL);
static const struct cfi_intel state = CFI_INTEL(STATE_BASE, NULL);
static struct cfi_intel slots =
	CFI_INTEL(FLASH_BASE + SLOT_A_OFFSET, cfi_intel_write_bytes); /* all but the loader */

static const struct range area = { FLASH_BASE + SLOT_A_OFFSET, FLASH_SIZE - SLOT_A_OFFSET };

/* Where it is the loader's own flash, nobody may run there as long as that takes commands. */
const struct flash *board_state_flash(void)
{
	static bool left;

	if (STATE_BASE < FLASH_BASE + FLASH_SIZE && !left) {
		left = true;
		memory_run_in_ram(LOADER_COPY_BASE);
		map_changed();
	}
	return &state.flash;
}

const struct flash *board_slot_flash(void)
{
	memory_run_in_ram(LOADER_COPY_BASE);
	memory_map_anew(area, MAP_DEVICE);
	slots.buffer = cfi_intel_buffer(&bank1); /* whose chips are the same, and can be asked */
	return &slots.flash;
}
