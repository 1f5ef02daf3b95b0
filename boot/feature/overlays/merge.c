/* SPDX-License-Identifier: BSD-2-Clause */
#include <limits.h>

#include <libfdt.h>

#include "boot/feature/overlays.h"
#include "boot/feature/overlays/fixups.h"
#include "fdt/check.h"

static int refuse(const char *name, int code, struct error *e)
{
	error_about(e, "overlay ", name);
	return error_set(e, E_FDT_OVERLAY, "does not fit the tree: libfdt's error %d", -code);
}

/* libfdt applies these, and of a tree without any, nothing. */
static bool has_fragment(const void *fdt)
{
	int node;

	fdt_for_each_subnode(node, fdt, 0)
		if (fdt_subnode_offset(fdt, node, "__overlay__") >= 0)
			return true;
	return false;
}

static int check_parts(const struct overlay *overlay, struct error *e)
{
	const char *wrong = "no fragment with __overlay__";

	if (has_fragment(overlay->tree.data)) {
		if (fixups_are_sound(overlay->tree.data))
			return 0;
		wrong = "fixups that point anywhere";
	}
	error_about(e, "overlay ", overlay->name);
	return error_set(e, E_FDT_OVERLAY, "%s", wrong);
}

static int check(struct bytes base, const struct overlay *overlay, unsigned overlays,
		 struct error *e)
{
	for (unsigned i = 0; i < overlays; i++)
		if (fdt_check_tree(overlay[i].tree, overlay[i].name, e) ||
		    check_parts(&overlay[i], e))
			return e->code;
	return fdt_check_tree(base, "device tree under overlays", e);
}

static int merge(uint8_t *to, size_t room, struct bytes base, const struct overlay *overlay,
		 unsigned overlays, struct bytes *merged, struct error *e)
{
	int code;

	if (check(base, overlay, overlays, e))
		return e->code;
	code = fdt_open_into(base.data, to, room < INT_MAX ? (int)room : INT_MAX);
	if (code)
		return refuse(overlay[0].name, code, e);
	for (unsigned i = 0; i < overlays; i++) {
		code = fdt_overlay_apply(to, (void *)(uintptr_t)overlay[i].tree.data);
		if (code)
			return refuse(overlay[i].name, code, e);
	}
	fdt_pack(to);
	*merged = (struct bytes){ to, fdt_totalsize(to) };
	return fdt_check_tree(*merged, overlay[overlays - 1].name, e);
}

const struct overlays_feature overlays_feature = { merge };
