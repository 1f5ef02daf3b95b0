/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's second part: which RAM and cores there are, by the tree that Linux's is made from. */
#include "boot/feature/explain.h"
#include "boot/plan/parts.h"
#include "fdt/board_tree.h"

/* A tree made for a boot loader that fills in the memory has none: then the board's own says. */
int plan_board(struct plan *plan, struct error *e)
{
	if (!plan->fdt_at_board)
		plan->blame = plan->linux_context;
	if (board_tree_memory(plan->fdt_source, plan->ram, &plan->ram_count, e) ||
	    (!plan->ram_count && !plan->fdt_at_board && plan->board_fdt.size &&
	     board_tree_memory(plan->board_fdt, plan->ram, &plan->ram_count, e)))
		return e->code;
	if (!plan->ram_count)
		return error_set(e, E_FDT_BROKEN,
				 EXPLAIN("no memory", " of device_type memory and a size"));
	return board_tree_cores(plan->fdt_source, &plan->cores, e);
}

int plan_cores(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct manifest_context *m = context->manifest;
	uint32_t absent = m->cores & ~plan->cores;

	error_about(e, "", m->name);
	if (absent)
		return error_set(e, E_CORE_ABSENT, "cores 0x%x absent, the board has 0x%x",
				 (unsigned)absent, (unsigned)plan->cores);
	if (context->runs_linux && context->core != 0)
		return error_set(e, E_CORE_START,
				 EXPLAIN("cpus 0x%x are without core 0", ", which enters it"),
				 (unsigned)m->cores);
	return 0;
}
