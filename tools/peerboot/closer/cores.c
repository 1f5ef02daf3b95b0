/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores are started by what the board has, whatever tree comes in the boot image. */
#include "driver/core_tree.h"
#include "tools/peerboot/closer/closer.h"

int closer_cores(struct closer *c)
{
	const struct plan_context *linux_context = plan_linux_context(c->plan);
	const struct bytes board = c->plan->in->board_fdt;

	if (c->plan->fdt_at_board || !board.size)
		return 0;
	return core_tree_check(c->tree, board.data, linux_context->id,
			       linux_context->image[PLAN_MAIN].image.bits == 64, c->e);
}
