/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's virt machine with 64-bit cores and its Secure world, as data. Compiled for the host too:
 * no hardware, no linker symbols.
 */
#include "boot/board/virt64-secure/memory_map.h"
#include "boot/board/virt-secure/machine.h"

static const struct board_cluster cluster = VIRT_A53;

static const struct board_claim claims[] = { VIRT_SECURE_CLAIMS };

static const struct board_map maps[] = { VIRT_SECURE_MAPS };

const struct board board = {
	VIRT_SECURE_BOARD,
	.name = "virt64-secure",
	.cluster = &cluster,
	.clusters = 1,
	.doorbells = { [DOORBELL_NONE] = 1, [DOORBELL_SGI] = 14, [DOORBELL_SPI] = GIC_SPIS },
	.claims = claims,
	.claim_count = sizeof(claims) / sizeof(claims[0]),
	.maps = maps,
	.map_count = sizeof(maps) / sizeof(maps[0]),
};
