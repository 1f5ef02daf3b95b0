/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The SD card: boot images and boot state. Who has booted before us, the boot ROM say, has set up
 * pins and clock. For boards with an SD host controller at SDHCI_BASE.
 */
#include "arch/arch.h"
#include "boot/board.h"
#include "boot/storage.h"
#include "driver/block_flash.h"
#include "driver/clock.h"
#include "driver/sdhci.h"

#include BOARD_MEMORY_MAP

#define RECORD 32	/* bytes of the boot state's: a sector, which has a block of its own */
#define STEP   0x10000u /* bytes, for who writes a slot */

/*
 * Cards may take 250 ms to write, and a second to start: so much of the fastest timer, half the
 * clock of cores of 1.2 GHz. With a slower one, as QEMU's, it is longer.
 */
#define PATIENCE 600000000u

static struct sdhci card = {
	.storage = { "SD card", sdhci_read, sdhci_write },
	.base = (volatile uint32_t *)SDHCI_BASE,
	.clock = SDHCI_CLOCK,
	.is_usdhc = SDHCI_IS_USDHC,
	.ticks = clock_ticks,
	.patience = PATIENCE,
};

static struct error error;

static const struct block_flash state = {
	.flash = { RECORD, block_flash_read, block_flash_write, NULL, block_flash_erase, &error },
	.storage = &card.storage,
	.offset = STATE_OFFSET,
	.distance = FLASH_SECTOR_SIZE,
};

/* Both slots, which are one piece. */
static const struct block_flash slots = {
	.flash = { STEP, block_flash_read, NULL, block_flash_write_bytes, block_flash_erase,
		   &error },
	.storage = &card.storage,
	.offset = SLOT_A_OFFSET,
	.distance = STEP,
};

void board_open_storage(void)
{
	storage_open(&card.storage, (struct bytes){ arch_pointer(FLASH_BASE), FLASH_SIZE });
}

const struct flash *board_state_flash(void)
{
	return &state.flash;
}

const struct flash *board_slot_flash(void)
{
	return &slots.flash;
}
