/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells: a GICv2's distributor (ARM IHI 0048B, 4.3.1), as it lets interrupts of any core
 * through.
 */
#include <stdint.h>

#include "boot/board.h"
#include "boot/board/virt/memory_map.h"

#define GICD_CTLR (*(volatile uint32_t *)GICD_BASE)
#define ENABLE	  (1u << 0) /* of the reader's world's group: all interrupts, after reset */

void board_start_doorbells(void)
{
	GICD_CTLR |= ENABLE;
}
