/* SPDX-License-Identifier: BSD-2-Clause */
/* AMD's Versal, as data. Compiled for the host too: no hardware, no linker symbols. */
#include "boot/board.h"
#include "boot/board/versal/memory_map.h"
#include "boot/plan/claim.h"
#include "doorbell/adma.h"
#include "driver/versal_rpu.h"

#define TREE_SIZE 0x00100000 /* QEMU pads its tree to 1 MiB */

static const core_id_t cores[] = { BOOT_CORE, 1, VERSAL_RPU_ID, VERSAL_RPU_ID + 1 };

/* Of all that R5s see, what is RAM: DDR within their 32 bits, up to the devices. */
static const struct board_view ddr = { { RAM_BASE, 0x80000000 }, RAM_BASE };

/* CRL.RST_CPU_R5 (AMD AM012) */
static const struct board_reset rpu_reset = { CRL_BASE + 0x300, { FED_BASE, FED_SIZE } };

static const struct board_cluster clusters[] = {
	{
		.name = "apu",
		.cores = 0x3,
		.arch = "arm64",
		.bits = 64,
		.states = ENTRY_PLAIN,
	},
	{
		.name = "rpu",
		.cores = 0xc,
		.arch = "arm",
		.bits = 32,
		.states = ENTRY_PLAIN | ENTRY_THUMB,
		.no_controller = true,
		.unlisted = true,
		.view = &ddr,
		.views = 1,
		.vectors = { VECTORS_BASE, VECTORS_SIZE },
		.reset = &rpu_reset,
	},
};

static const struct adma_channels channels = { ADMA_SPI, ADMA_CHANNELS, PEER_DEVICE_BASE,
					       ADMA_STEP };

static const struct board_claim claims[] = {
	{ "memory", { LOADER_RAM_BASE, LOADER_RAM_SIZE }, CLAIM_LOADING },
	{ "code", { LOADER_BASE, LOADER_SIZE }, CLAIM_LOADING },
	{ "fed words", { FED_BASE, FED_SIZE }, CLAIM_ALWAYS },
	{ "pristine copies", { PRISTINE_BASE, PRISTINE_SIZE }, CLAIM_ALWAYS },
};

static const struct board_map maps[] = {
	{ { PMC_BASE, PMC_SIZE }, MAP_DEVICE },	      { { GICD_BASE, GIC_SIZE }, MAP_DEVICE },
	{ { LPD_BASE, LPD_SIZE }, MAP_DEVICE },	      { { RAM_BASE, RAM_SIZE }, MAP_RAM },
	{ { SHARED_BASE, SHARED_SIZE }, MAP_SHARED },
};

const struct board board = {
	.name = "versal",
	.core = { cores, 0xf },
	.cluster = clusters,
	.clusters = sizeof(clusters) / sizeof(clusters[0]),
	.slot = { { FLASH_BASE + SLOT_A_OFFSET, SLOT_SIZE },
		  { FLASH_BASE + SLOT_B_OFFSET, SLOT_SIZE },
		  { RECEIVED_BASE, SLOT_SIZE } },
	.fdt_source = { BOARD_FDT_BASE, TREE_SIZE },
	.fdt_passed = true,
	.fdt = { FDT_BASE, FDT_SIZE },
	.initrd = { INITRD_BASE, RECEIVED_BASE - INITRD_BASE },
	.kernel = KERNEL_BASE,
	.staging = { STAGING_BASE, STAGING_SIZE },
	.record = { RECORD_BASE, RECORD_SIZE },
	.pristine = { PRISTINE_BASE, PRISTINE_SIZE },
	.state = { STATE_OFFSET, 2 * FLASH_SECTOR_SIZE },
	.state_controller = SDHCI_BASE,
	.controller = GICD_BASE,
	.doorbells = { [DOORBELL_NONE] = 1, [DOORBELL_SGI] = 16, [DOORBELL_SPI] = GIC_SPIS },
	.adma = &channels,
	.flash = { FLASH_BASE, FLASH_SIZE },
	.claims = claims,
	.claim_count = sizeof(claims) / sizeof(claims[0]),
	.maps = maps,
	.map_count = sizeof(maps) / sizeof(maps[0]),
};
