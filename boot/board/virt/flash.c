/* SPDX-License-Identifier: BSD-2-Clause */
/* Flash: bank 1 holds the boot state; bank 0 the loader itself, which runs there, and the slots. */
#include "boot/board.h"
#include BOARD_MEMORY_MAP
#include "boot/memory.h"
#include "driver/cfi_intel.h"
#include "driver/clock.h"

#define FREQUENCY 62500000 /* of the counter, Hz */

/*
 * A write gets 10 ms, ten times what Intel's P30 takes for the KiB of its buffer; an erase 5 s,
 * twice what it and J3 need at worst.
 */
#define CFI_INTEL(address, words)                                                     \
	{                                                                             \
		.flash = { FLASH_SECTOR_SIZE, cfi_intel_read, cfi_intel_write, words, \
			   cfi_intel_erase },                                         \
		.base = (volatile uint32_t *)(address), .ticks = clock_ticks,         \
		.write_limit = FREQUENCY / 100, .erase_limit = FREQUENCY * 5ull,      \
	}

static const struct cfi_intel bank1 = CFI_INTEL(FLASH1_BASE, NULL);
static struct cfi_intel slots =
	CFI_INTEL(FLASH_BASE + SLOT_A_OFFSET, cfi_intel_write_bytes); /* all but the loader */

const struct flash *board_state_flash(void)
{
	return &bank1.flash;
}

const struct flash *board_slot_flash(void)
{
	memory_leave_flash((struct range){ FLASH_BASE, FLASH_SIZE }, LOADER_COPY_BASE);
	slots.buffer = cfi_intel_buffer(&bank1); /* whose chips are the same, and can be asked */
	return &slots.flash;
}
