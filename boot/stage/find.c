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

static int choose(struct plan_input *in, struct error *e)
{
	struct bytes compatible = in->compatible;

	/* It takes a while to look into the board's tree, and few boot images need that. */
	if (!compatible.size && fit_asks_for_board(&in->fit) &&
	    board_tree_compatible(stage_board_tree(in->board), &compatible, e))
		return e->code;
	if (fit_choose(&in->fit, compatible, e))
		return e->code;
	record(STAGE_FIND, 0, 0, 0, "configuration %s", in->fit.configuration_name);
	return 0;
}

int stage_find(struct boot *boot, struct error *e)
{
	static const char places[BOARD_PLACES][7] = { "slot a", "slot b", "memory" };
	struct plan_input *in = &boot->in;
	const struct range *slot = &in->board->slot[in->slot];
	struct bytes bytes = { arch_pointer(slot->base), (size_t)slot->size };

	if (fit_open(&in->fit, bytes, &boot->staging, e))
		return e->code;
	boot->staging.kept = boot->staging.used;
	record(STAGE_FIND, 0, slot->base, in->fit.size, "boot image in %s", places[in->slot]);
	if (choose(in, e) ||
	    (features->signature && features->signature->check(&in->fit, in->minimum, e)))
		return e->code;
	slots_found(in->slot, in->fit.version);
	return 0;
}
