/* SPDX-License-Identifier: BSD-2-Clause */
/* The SABRE Lite, as data. Compiled for the host too: no hardware, no linker symbols. */
#include "boot/board.h"
#include "boot/board/sabrelite/memory_map.h"
#include "boot/plan/claim.h"

static const core_id_t cores[] = { BOOT_CORE, 1, 2, 3 };

static const struct board_cluster cluster = {
	.name = "a9",
	.cores = 0xf,
	.arch = "arm",
	.bits = 32,
	.states = ENTRY_PLAIN | ENTRY_THUMB,
};

static const struct range ram = { RAM_BASE, RAM_SIZE };

static const struct board_claim claims[] = {
	{ "memory", { LOADER_RAM_BASE, LOADER_RAM_SIZE }, CLAIM_LOADING },
	{ "code", { LOADER_BASE, LOADER_SIZE }, CLAIM_LOADING },
};

static const struct board_map maps[] = {
	{ { PEER_DEVICE_BASE, PEER_DEVICE_SIZE }, MAP_DEVICE },
	{ { DEVICE_BASE, DEVICE_SIZE }, MAP_DEVICE },
	{ { RAM_BASE, RAM_SIZE }, MAP_RAM },
	{ { SHARED_BASE, SHARED_SIZE }, MAP_SHARED },
};

const struct board board = {
	.name = "sabrelite",
	.core = { cores, 0xf },
	.cluster = &cluster,
	.clusters = 1,
	.slot = { { FLASH_BASE + SLOT_A_OFFSET, SLOT_SIZE },
		  { FLASH_BASE + SLOT_B_OFFSET, SLOT_SIZE },
		  { RECEIVED_BASE, SLOT_SIZE } },
	.ram = &ram,
	.rams = 1,
	.fdt = { FDT_BASE, FDT_SIZE },
	.initrd = { INITRD_BASE, RECEIVED_BASE - INITRD_BASE },
	.kernel = KERNEL_BASE,
	.staging = { STAGING_BASE, STAGING_SIZE },
	.record = { RECORD_BASE, RECORD_SIZE },
	.state = { STATE_OFFSET, 2 * FLASH_SECTOR_SIZE },
	.state_controller = SDHCI_BASE,
	.controller = GICD_BASE,
	.doorbells = { [DOORBELL_NONE] = 1,
		       [DOORBELL_SGI] = 16,
		       [DOORBELL_SPI] = GIC_SPIS,
		       [DOORBELL_IPCC] = GIC_SPIS - 2 },
	.flash = { FLASH_BASE, FLASH_SIZE },
	.claims = claims,
	.claim_count = sizeof(claims) / sizeof(claims[0]),
	.maps = maps,
	.map_count = sizeof(maps) / sizeof(maps[0]),
};
