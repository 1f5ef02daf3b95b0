/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's virt machine, as data. Compiled for the host too: no hardware, no linker symbols. */
#include "boot/board/virt/memory_map.h"
#include "boot/board/virt/machine.h"

/* As many as a GICv2 has: the machine's tree says which of them there are. */
static const core_id_t cores[] = { BOOT_CORE, 1, 2, 3, 4, 5, 6, 7 };

static const struct board_cluster cluster = {
	.name = "a15",
	.cores = 0xff,
	.arch = "arm",
	.bits = 32,
	.states = ENTRY_PLAIN | ENTRY_THUMB,
};

static const struct board_claim claims[] = { VIRT_CLAIM };

static const struct board_map maps[] = { VIRT_MAPS };

const struct board board = {
	VIRT_BOARD,
	.name = "virt",
	.core = { cores, 0xff },
	.cluster = &cluster,
	.clusters = 1,
	.doorbells = { [DOORBELL_NONE] = 1,
		       [DOORBELL_SGI] = 16,
		       [DOORBELL_SPI] = GIC_SPIS,
		       [DOORBELL_IPCC] = GIC_SPIS - 2 },
	.claims = claims,
	.claim_count = sizeof(claims) / sizeof(claims[0]),
	.maps = maps,
	.map_count = sizeof(maps) / sizeof(maps[0]),
};
