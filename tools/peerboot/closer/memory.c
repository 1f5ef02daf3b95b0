/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Drivers that use the memory that their node in the tree names: a framebuffer is drawn to, on-chip
 * RAM handed out, what is an mtd-ram written. That it is a context's, Linux does not ask.
 */
#include <string.h>

#include <libfdt.h>

#include "fdt/address.h"
#include "fdt/board_tree.h"
#include "fdt/cells.h"
#include "fdt/link_roles.h"
#include "tools/peerboot/closer/closer.h"

/* Of /reserved-memory: drivers/of/platform.c, reserved_mem_matches[], those that write. */
static bool is_written_region(const void *tree, int node)
{
	return node_is_one_of(tree, node, "phram\0ramoops\0google,open-dice\0");
}

/* Where its memory is of another node, or of the processor that it starts, it has it from there. */
static bool is_others(const void *tree, int node)
{
	return node_is_one_of(tree, node, "simple-bus\0simple-framebuffer\0") == 1 ||
	       strstr(fdt_get_name(tree, node, NULL), "rproc") ||
	       strstr(fdt_get_name(tree, node, NULL), "remoteproc") ||
	       (property_get(tree, node, "memory-region").data &&
		!node_is_one_of(tree, node, "simple-framebuffer\0"));
}

/*
 * Linux has no driver for what is not available, and reads some itself. What is in a link of ours
 * has its registers in memory of the link's peer.
 */
static bool may_have_driver(void *arg, int node)
{
	const struct closer *c = arg;

	return node_is_available(c->tree, node) && node != fdt_subnode_offset(c->tree, 0, "cpus") &&
	       !property_is(c->tree, node, "device_type", "memory") &&
	       !node_is_one_of(c->tree, node, LINK_COMPATIBLES);
}

/*
 * Of on-chip RAM Linux gives nobody what its children have, but for some that are pools themselves
 * (drivers/misc/sram.c, sram_reserve_regions()): as far as offsets in it are told.
 */
static bool is_set_aside(const void *tree, int node, const struct range *r,
			 const struct range *ours)
{
	static const char *const pools[] = { "compatible", "pool", "export", "protect-exec" };
	struct cells cells = { 1, 1 };
	int child;

	if (!node_is_one_of(tree, node, "mmio-sram\0"))
		return false;
	property_get_cell(tree, node, "#address-cells", &cells.address);
	property_get_cell(tree, node, "#size-cells", &cells.size);
	if (cells.address - 1 > 1 || cells.size - 1 > 1)
		return false;
	fdt_for_each_subnode(child, tree, node) {
		struct bytes reg = property_get(tree, child, "reg"), value[4];
		struct range part;

		properties_get(tree, child, pools, 4, value);
		if (!node_is_available(tree, child) || value[0].data || value[1].data ||
		    value[2].data || value[3].data || !range_take(&reg, &cells, &part))
			continue;
		part.base += r->base;
		if (range_contains(&part, ours))
			return true;
	}
	return false;
}

static bool is_of_others(const struct plan *plan, const struct claim *claim)
{
	return !claim->foreign && claim->phases & CLAIM_RUNNING && !plan_is_linuxs_own(plan, claim);
}

static int check_device(void *arg, int node, const struct range *r)
{
	struct closer *c = arg;
	const bool reserved = fdt_parent_offset(c->tree, node) ==
			      fdt_subnode_offset(c->tree, 0, "reserved-memory");

	if (reserved ? !is_written_region(c->tree, node) :
		       !property_get(c->tree, node, "compatible").data || is_others(c->tree, node))
		return 0;
	for (unsigned i = 0; i < c->plan->claims.count; i++) {
		const struct claim *claim = &c->plan->claims.claim[i];
		char text[CLAIM_TEXT];

		if (!is_of_others(c->plan, claim) || !range_overlaps(&claim->range, r) ||
		    is_set_aside(c->tree, node, r, &claim->range))
			continue;
		claim_text(claim, text);
		c->e->culprit = plan_claim_guilty(c->plan, claim);
		return error_set(c->e, E_OVERLAP,
				 "%s 0x%llx..0x%llx, of which Linux has a driver, is over %s",
				 fdt_get_name(c->tree, node, NULL), (unsigned long long)r->base,
				 (unsigned long long)range_end(*r), text);
	}
	return 0;
}

int closer_memory(struct closer *c)
{
	return node_each_range(c->tree, may_have_driver, check_device, c);
}
