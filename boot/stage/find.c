/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stage find: the boot image in its slot, its configuration for this board, signed if it has to be.
 */
#include "arch/arch.h"
#include "boot/feature/signature.h"
#include "boot/feature/slots.h"
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "fdt/board_tree.h"

static int choose(struct plan *plan, struct error *e)
{
	struct bytes compatible = plan->compatible;

	/* It takes a while to look into the board's tree, and few boot images need that. */
	if (!compatible.size && fit_asks_for_board(&plan->fit) &&
	    board_tree_compatible(stage_board_tree(plan->board), &compatible, e))
		return e->code;
	if (fit_choose(&plan->fit, compatible, e))
		return e->code;
	record(STAGE_FIND, 0, 0, 0, "configuration %s", plan->fit.configuration_name);
	return 0;
}

int stage_find(struct plan *plan, struct error *e)
{
	static const char places[BOARD_PLACES][7] = { "slot a", "slot b", "memory" };
	const struct range *slot = &plan->board->slot[plan->slot];
	struct bytes bytes = { arch_pointer(slot->base), (size_t)slot->size };

	if (fit_open(&plan->fit, bytes, &plan->staging, e))
		return e->code;
	plan->staging.kept = plan->staging.used;
	record(STAGE_FIND, 0, slot->base, plan->fit.size, "boot image in %s", places[plan->slot]);
	if (choose(plan, e) || signature_check(&plan->fit, plan->minimum, e))
		return e->code;
	slots_found(plan);
	return 0;
}
