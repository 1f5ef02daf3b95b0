/* SPDX-License-Identifier: BSD-2-Clause */
/* Flash bank 1, which holds the boot state; the loader itself runs in bank 0. */
#include "boot/arch.h"
#include "boot/board.h"
#include "boot/board/virt/memory_map.h"
#include "boot/flash/cfi_intel.h"

#define FREQUENCY 62500000 /* of the counter, Hz */

static const struct cfi_intel bank1 = {
	.flash = { FLASH_SECTOR_SIZE, cfi_intel_read, cfi_intel_write, cfi_intel_erase },
	.base = (volatile uint32_t *)FLASH1_BASE,
	.ticks = arch_ticks,
	.write_limit =
		FREQUENCY / 500, /* 2 ms and 5 s: twice what Intel's P30 and J3 need at worst */
	.erase_limit = FREQUENCY * 5ull,
};

const struct flash *board_state_flash(void)
{
	return &bank1.flash;
}
