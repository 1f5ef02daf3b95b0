/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's first part goes on: the tree that Linux's will be made from. */
#include <string.h>

#include "boot/plan_parts.h"
#include "boot/unpack.h"
#include "boot/verify.h"

#define ALIGNMENT 8u /* libfdt's; in-line data is at any multiple of 4 */

/*
 * Much of the plan is made from a tree, so it is verified first. It stays in flash, which nobody can
 * write meanwhile, if it may.
 */
static int read_tree(struct plan *plan, const struct manifest_context *context, const char *name,
		     struct bytes *tree, struct error *e)
{
	struct fit_image image;
	uint8_t *copy;

	if (fit_image(&image, &plan->fit, name, context->allow_unhashed, e) ||
	    verify_image(&image, e) || unpack_image(&image, &plan->staging, e))
		return e->code;
	*tree = image.data;
	if (!((uintptr_t)tree->data % ALIGNMENT))
		return 0;
	copy = staging_take(&plan->staging, tree->size, name, e);
	if (!copy)
		return e->code;
	memcpy(copy, tree->data, tree->size);
	tree->data = copy;
	return 0;
}

int plan_tree(struct plan *plan, struct bytes board_fdt, struct error *e)
{
	const struct manifest_context *m;

	plan->fdt_source = board_fdt;
	plan->fdt_at_board = true;
	if (plan->linux_context >= 0 && !plan->context[plan->linux_context].failed) {
		m = plan->context[plan->linux_context].manifest;
		if (m->fdt[0]) {
			plan->blame = plan->linux_context;
			plan->fdt_at_board = false;
			if (read_tree(plan, m, m->fdt, &plan->fdt_source, e))
				return e->code;
		}
	}
	if (plan->fdt_source.size)
		return 0;
	return error_set(e, E_FDT_MISSING,
			 "neither the board nor the boot image has a device tree");
}
