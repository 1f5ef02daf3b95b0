/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What boards of QEMU's virt machine have alike, for their board.c, behind their memory_map.h: they
 * differ in cores, and in what the Secure world has for itself.
 */
#ifndef BOARD_VIRT_MACHINE_H
#define BOARD_VIRT_MACHINE_H

#include "boot/board.h"
#include "boot/plan/claim.h"

#define VIRT_FDT_SIZE 0x00100000 /* QEMU pads its tree to 1 MiB */

/* clang-format off */
/* struct board_claim: the loader's own. */
#define VIRT_CLAIM { "memory", { LOADER_RAM_BASE, LOADER_RAM_SIZE }, CLAIM_LOADING }

/* struct board_map; bank 1 takes commands. */
#define VIRT_MAPS                                    \
	{ { FLASH_BASE, FLASH_SIZE }, MAP_ROM },     \
	{ { FLASH1_BASE, FLASH_SIZE }, MAP_DEVICE }, \
	{ { DEVICE_BASE, DEVICE_SIZE }, MAP_DEVICE }, \
	{ { RAM_BASE, RAM_SIZE }, MAP_RAM },         \
	{ { SHARED_BASE, SHARED_SIZE }, MAP_SHARED }
/* clang-format on */

/* struct board: all but its name, cores, cluster, doorbells, claims, maps. */
#define VIRT_BOARD                                                                         \
	.slot = { { FLASH_BASE + SLOT_A_OFFSET, SLOT_SIZE },                               \
		  { FLASH_BASE + SLOT_B_OFFSET, SLOT_SIZE },                               \
		  { RECEIVED_BASE, SLOT_SIZE } },                                          \
	.fdt_source = { BOARD_FDT_BASE, VIRT_FDT_SIZE }, .fdt = { FDT_BASE, FDT_SIZE },    \
	.initrd = { INITRD_BASE, STAGING_BASE - INITRD_BASE }, .kernel = KERNEL_BASE,      \
	.staging = { STAGING_BASE, STAGING_SIZE }, .record = { RECORD_BASE, RECORD_SIZE }, \
	.state = { STATE_BASE, 2 * FLASH_SECTOR_SIZE }, .controller = GICD_BASE,           \
	.flash = { FLASH_BASE, FLASH_SIZE }

#endif
