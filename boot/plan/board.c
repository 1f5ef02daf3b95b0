/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The plan's second part: which RAM and cores there are, by the board's own tree, else its data; or
 * by Linux's tree, if nobody else says so. Of what there is, Linux has what its tree says.
 */
#include "boot/feature/explain.h"
#include "boot/plan/parts.h"
#include "doorbell/kind.h"
#include "fdt/address.h"
#include "fdt/board_tree.h"

int plan_board(struct plan *plan, struct error *e)
{
	const struct board *board = plan->in->board;
	struct linux_tree *t = &plan->tree;
	struct bytes tree = plan->in->board_fdt;

	t->memory = plan->linux_ram;
	t->memories = plan->ram_count = 0;
	plan->cores = board->core.mask;
	if (!plan->fdt_at_board) {
		e->culprit = plan->linux_context;
		if (board_tree_memory(plan->fdt_source, plan->linux_ram, &t->memories, e))
			return e->code;
	}
	if (!tree.size && !board->rams)
		tree = plan->fdt_source;
	if (tree.size && (board_tree_memory(tree, plan->ram, &plan->ram_count, e) ||
			  board_tree_cores(tree, &board->core, true, &plan->cores, e)))
		return e->code;
	if (!plan->ram_count) /* nor has a tree for boot loaders that fill it in */
		for (; plan->ram_count < board->rams; plan->ram_count++)
			plan->ram[plan->ram_count] = board->ram[plan->ram_count];
	if (!plan->ram_count)
		return error_set_explained(e, E_FDT_BROKEN, "no memory",
					   " of device_type memory and a size");
	if (!t->memories) { /* what follows is not Linux's */
		t->memory = plan->ram;
		t->memories = plan->ram_count;
	}
	if (features->monitor && board->secure) {
		if (plan->ram_count == PLAN_RAM)
			return error_set(e, E_TOO_MANY, "more than %u memories", PLAN_RAM);
		plan->ram[plan->ram_count++] = board->secure->ram;
	}
	if (plan->fdt_source.size) {
		doorbell_find_controller(plan->fdt_source.data, &t->controller);
		if (!features->interrupts ||
		    !node_address(plan->fdt_source.data, t->controller.node, &plan->controller_at))
			plan->controller_at = board->controller;
	}
	return 0;
}
