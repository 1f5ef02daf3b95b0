/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage plan: plan_make() with what the board has, and what came of it. */
#include <libfdt.h>

#include "boot/arch.h"
#include "boot/console.h"
#include "boot/record.h"
#include "boot/stage.h"

/* The board's own tree, if there is one; as far as its room at most: the planner checks it. */
static struct bytes board_tree(const struct board *board)
{
	const struct fdt_header *h = arch_pointer(board->fdt_source.base);
	size_t size = (size_t)board->fdt_source.size;

	if (!size || fdt_magic(h) != FDT_MAGIC)
		return (struct bytes){ 0 };
	if (fdt_totalsize(h) < size)
		size = fdt_totalsize(h);
	return (struct bytes){ (const uint8_t *)h, size };
}

int stage_plan(struct plan *plan, struct error *e)
{
	plan->staging = (struct staging){ arch_pointer(plan->board->staging.base),
					  (size_t)plan->board->staging.size, 0 };
	if (plan_make(plan, plan->board, board_tree(plan->board), e))
		return e->code;
	plan_print(plan, console_line, NULL);
	record(STAGE_PLAN, "claims", 0, plan->claims.count, 0);
	for (unsigned i = 0; i < plan->contexts; i++)
		if (plan->context[i].failed)
			stage_report(STAGE_PLAN, &plan->context[i]);
	return 0;
}
