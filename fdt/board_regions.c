/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a tree keeps for somebody, as Linux: drivers/of/fdt.c, early_init_fdt_scan_reserved_mem().
 */
#include <libfdt.h>

#include "fdt/board_tree.h"
#include "fdt/cells.h"

/* Bytes that U-Boot, at the most, leaves free in a tree that it hands over (boot/fdt_support.c). */
#define SPARE 0x4000u

/* Linux cuts what wraps. */
static struct range cut(phys_addr_t base, uint64_t size)
{
	struct range r;

	if (!range_make(&r, base, size))
		r = (struct range){ base, -base };
	return r;
}

static uint64_t chosen_number(const void *fdt, const char *name)
{
	struct bytes p = property_get(fdt, node_child_named(fdt, 0, "chosen"), name);

	return cells_get(p.data, p.size > 8 ? 0 : (unsigned)p.size / 4);
}

bool board_tree_is_stale(const void *fdt, const struct range *r)
{
	uint32_t used = fdt_off_dt_strings(fdt) + fdt_size_dt_strings(fdt);

	if (r->base == chosen_number(fdt, "linux,initrd-start") &&
	    range_end(*r) == chosen_number(fdt, "linux,initrd-end"))
		return true;
	/* The tree's own place is not known any more, but it is as long. */
	return r->size == fdt_totalsize(fdt) && r->size - used < SPARE;
}

static int each_reservation(const void *fdt, tree_region_t *one, void *arg)
{
	struct tree_region region = { .alone = true };
	uint64_t base, size;
	int rc = 0;

	for (int i = 0; !rc && !fdt_get_mem_rsv(fdt, i, &base, &size) && size; i++) {
		region.range = cut(base, size);
		if (!board_tree_is_stale(fdt, &region.range))
			rc = one(arg, &region);
	}
	return rc;
}

static int each_range(const void *fdt, int node, const struct cells *cells, tree_region_t *one,
		      void *arg)
{
	struct bytes reg = property_get(fdt, node, "reg");
	const size_t step = cells_step(cells);
	struct tree_region region = {
		.name = node_name(fdt, node),
		.node = node,
		.alone = reg.size == step,
		.referred = node_phandle(fdt, node) != 0,
		.no_map = property_get(fdt, node, "no-map").data != NULL,
	};
	int rc = 0;

	if (reg.size % step || !node_is_available(fdt, node))
		return 0;
	for (; reg.size && !rc; reg.data += step, reg.size -= step) {
		region.range = cut(cells_get(reg.data, cells->address),
				   cells_get(reg.data + 4 * cells->address, cells->size));
		if (region.range.size)
			rc = one(arg, &region);
	}
	return rc;
}

/*
 * The finished tree's /reserved-memory has the root's #cells, and `ranges`, whatever the source's
 * has.
 */
int board_tree_regions(const void *fdt, tree_region_t *one, void *arg)
{
	struct cells cells;
	int node, parent, rc;

	if (!fdt)
		return 0;
	parent = node_child_named(fdt, 0, "reserved-memory");
	rc = each_reservation(fdt, one, arg);
	if (parent < 0 || !cells_of(fdt, 0, &cells))
		return rc;
	node_for_each_child(node, fdt, parent)
		if (!rc)
			rc = each_range(fdt, node, &cells, one, arg);
	return rc;
}
