/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's virt machine in Secure state, as data. Compiled for the host too: no hardware, no linker
 * symbols.
 */
#include "boot/board.h"
#include "boot/board/virt-secure/memory_map.h"
#include "boot/plan/claim.h"

#define BOARD_FDT_SIZE 0x00100000 /* QEMU pads its tree to 1 MiB */

/* As many as the machine is started with: its tree says which of them there are. */
static const core_id_t cores[] = { BOOT_CORE, 1, 2, 3 };

static const struct board_cluster cluster = {
	.name = "a15",
	.cores = 0xf,
	.arch = "arm",
	.bits = 32,
	.states = ENTRY_PLAIN | ENTRY_THUMB,
};

/* The loader's data may go when Linux runs; the monitor stays. */
static const struct board_claim claims[] = {
	{ "memory", { LOADER_RAM_BASE, LOADER_RAM_SIZE }, CLAIM_LOADING },
	{ "monitor", { MONITOR_BASE, MONITOR_SIZE }, CLAIM_ALWAYS },
	{ "pristine copies", { PRISTINE_BASE, PRISTINE_SIZE }, CLAIM_ALWAYS },
};

static const struct range secure_ram = { SECURE_RAM_BASE, SECURE_RAM_SIZE };

static const struct board_map maps[] = {
	{ { FLASH_BASE, FLASH_SIZE }, MAP_ROM },
	{ { FLASH1_BASE, FLASH_SIZE }, MAP_DEVICE }, /* it takes commands */
	{ { DEVICE_BASE, DEVICE_SIZE }, MAP_DEVICE },
	{ { SECURE_RAM_BASE, SECURE_RAM_SIZE }, MAP_RAM },
	{ { RAM_BASE, RAM_SIZE }, MAP_RAM },
	{ { SHARED_BASE, SHARED_SIZE }, MAP_SHARED },
};

const struct board board = {
	.name = "virt-secure",
	.core = { cores, 0xf },
	.cluster = &cluster,
	.clusters = 1,
	.slot = { { FLASH_BASE + SLOT_A_OFFSET, SLOT_SIZE },
		  { FLASH_BASE + SLOT_B_OFFSET, SLOT_SIZE },
		  { RECEIVED_BASE, SLOT_SIZE } },
	.fdt_source = { BOARD_FDT_BASE, BOARD_FDT_SIZE },
	.secure_ram = &secure_ram,
	.secure_rams = 1,
	.fdt = { FDT_BASE, FDT_SIZE },
	.initrd = { INITRD_BASE, STAGING_BASE - INITRD_BASE },
	.kernel = KERNEL_BASE,
	.staging = { STAGING_BASE, STAGING_SIZE },
	.record = { RECORD_BASE, RECORD_SIZE },
	.state = { FLASH1_BASE, 2 * FLASH_SECTOR_SIZE },
	.controller = GICD_BASE,
	.doorbells = { [DOORBELL_NONE] = 1, [DOORBELL_SGI] = 14, [DOORBELL_SPI] = GIC_SPIS },
	.flash = { FLASH_BASE, FLASH_SIZE },
	.claims = claims,
	.claim_count = sizeof(claims) / sizeof(claims[0]),
	.maps = maps,
	.map_count = sizeof(maps) / sizeof(maps[0]),
};
