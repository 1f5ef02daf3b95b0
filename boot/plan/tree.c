/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's first part goes on: the tree that Linux's will be made from. */
#include <string.h>

#include <libfdt.h>

#include "boot/feature/explain.h"
#include "boot/feature/overlays.h"
#include "boot/image/use.h"
#include "boot/plan/parts.h"
#include "boot/unpack.h"
#include "boot/verify.h"
#include "fdt/check.h"

#define ALIGNMENT 8u /* libfdt's; in-line data is at any multiple of 4 */

/*
 * Much of the plan is made from a tree, so it is verified first. It stays in flash, which nobody
 * can write meanwhile, if it may.
 */
static int read_tree(struct plan *plan, const char *name, bool to_write, struct bytes *tree,
		     struct error *e)
{
	const struct manifest_context *m = plan_linux_context(plan)->manifest;
	struct fit_image image;
	size_t used = plan->staging->used;
	uint8_t *copy;

	if (fit_image(&image, &plan->in->fit, name, m->allow_unhashed, e) ||
	    staging_hold(plan->staging, &image.data, e) || verify_image(&image, e) ||
	    unpack_image(&image, plan->staging, e) || use_check(&image, USE_TREE, e))
		return e->code;
	*tree = image.data;
	if (plan->staging->used != used || (!to_write && !((uintptr_t)tree->data % ALIGNMENT)))
		return 0;
	copy = staging_take(plan->staging, tree->size, e);
	if (!copy)
		return e->code;
	memcpy(copy, tree->data, tree->size);
	tree->data = copy;
	return 0;
}

static int apply_overlays(struct plan *plan, const struct manifest_context *m, struct error *e)
{
	struct overlay overlay[MANIFEST_OVERLAYS];
	size_t room;
	uint8_t *to;

	if (!features->overlays) {
		error_about(e, "overlay ", m->overlay[0]);
		return error_set(e, E_FDT_OVERLAY, "this loader applies none");
	}
	for (unsigned i = 0; i < m->overlays; i++) {
		overlay[i].name = m->overlay[i];
		if (read_tree(plan, m->overlay[i], true, &overlay[i].tree, e))
			return e->code;
	}
	to = staging_next(plan->staging, &room);
	if (features->overlays->merge(to, room, plan->fdt_source, overlay, m->overlays,
				      &plan->fdt_source, e))
		return e->code;
	plan->fdt_at_board = false;
	staging_take(plan->staging, plan->fdt_source.size, e);
	return e->code;
}

/* Nothing else has such a node; what it lacks of a whole tree would be said of it else. */
static int refuse_overlay(struct bytes tree, const char *name, struct error *e)
{
	int node, depth = 0;

	if (fdt_check_tree(tree, "device tree", e))
		return e->code;
	for (node = 0; node >= 0; node = fdt_next_node(tree.data, node, &depth))
		if (depth == 2 && !strcmp(fdt_get_name(tree.data, node, NULL), "__overlay__"))
			return error_set(e, E_FDT_BROKEN,
					 "image %s is an overlay: name it by overlays, not by fdt",
					 name);
	return 0;
}

static int linuxs_tree(struct plan *plan, const struct manifest_context *m, struct error *e)
{
	if (m->fdt[0]) {
		plan->fdt_at_board = false;
		if (read_tree(plan, m->fdt, false, &plan->fdt_source, e) ||
		    (looks_closer() && refuse_overlay(plan->fdt_source, m->fdt, e)))
			return e->code;
	}
	return m->overlays && plan->fdt_source.size ? apply_overlays(plan, m, e) : 0;
}

int plan_tree(struct plan *plan, struct error *e)
{
	const struct plan_context *context = plan_linux_context(plan);

	plan->fdt_source = plan->in->board_fdt;
	plan->fdt_at_board = true;
	e->culprit = plan->linux_context;
	if (context && linuxs_tree(plan, context->manifest, e))
		return e->code;
	/* Where the board's data says which RAM there is, only Linux needs one. */
	if (plan->fdt_source.size || (!context && plan->in->board->rams))
		return 0;
	return error_set_explained(e, E_FDT_MISSING, "no device tree", " from board or boot image");
}
