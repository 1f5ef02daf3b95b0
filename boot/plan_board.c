/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's second part: which RAM and cores there are, by the tree that Linux's is made from. */
#include "boot/plan_parts.h"
#include "fdt/board_tree.h"

/* A tree made for a boot loader that fills in the memory has none: then the board's own says. */
static int find_ram(struct plan *plan, struct bytes board_fdt, struct error *e)
{
	if (board_tree_memory(plan->fdt_source, plan->ram, PLAN_RAM, &plan->ram_count, e))
		return e->code;
	if (plan->ram_count || plan->fdt_at_board || !board_fdt.size)
		return 0;
	return board_tree_memory(board_fdt, plan->ram, PLAN_RAM, &plan->ram_count, e);
}

static int check_cores(struct plan *plan, struct error *e)
{
	uint32_t there;

	if (board_tree_cores(plan->fdt_source, &there, e))
		return e->code;
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *context = &plan->context[i];
		uint32_t absent = context->manifest->cores & ~there;

		if (context->failed)
			continue;
		plan->blame = (int)i;
		if (absent)
			return error_set(e, E_CORE_ABSENT,
					 "%s: cores 0x%x are not there, the board has 0x%x",
					 context->manifest->name, (unsigned)absent,
					 (unsigned)there);
		if (context->runs_linux && context->core != 0)
			return error_set(
				e, E_CORE_START,
				"%s: starts on core %u, but the loader enters it on core 0",
				context->manifest->name, context->core);
	}
	plan->blame = -1;
	return 0;
}

int plan_board(struct plan *plan, struct bytes board_fdt, struct error *e)
{
	if (find_ram(plan, board_fdt, e))
		return e->code;
	return check_cores(plan, e);
}
