/* SPDX-License-Identifier: BSD-2-Clause */
/* What stm32_rproc, and remoteproc with it, ask of a peer that they attach to. */
#include <string.h>

#include "boot/feature/stm32.h"
#include "boot/plan/parts.h"
#include "doorbell/ipcc.h"
#include "doorbell/ipcc_tree.h"

#define NODE_NAME "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,._+-"

/* Its driver is asked by name what is wrong, or NULL. */
static const char *find_fault(const struct plan_link *link)
{
	const struct manifest_link *m = link->manifest;
	const struct plan_context *peer = link->end[LINK_OWNER];
	const struct range *registers = &m->registers;
	const struct range *table = &peer->table_home;

	if (m->method != LINK_PRESET || !link->end[LINK_PEER]->runs_linux ||
	    m->role[!m->table_end] != LINK_MASTER)
		return "another way than preset, or role of Linux than master";
	if (link->doorbell[LINK_PEER].kind != DOORBELL_IPCC || link->doorbell[LINK_OWNER].kind)
		return "doorbells but <3 SPI> for Linux, and <0 0>";
	if (registers->base % IPCC_PAGE || registers->size != IPCC_PAGE)
		return "registers that are no page of 0x1000";
	if (table->size > IPCC_TABLE_MAX || table->base % 4)
		return "a table above 1024 bytes";
	if (m->vdev || table_find(&peer->table, RESOURCE_VDEV, 1))
		return "more than vdev 0 in the table";
	if (table_find(&peer->table, RESOURCE_DEVMEM, 0)) /* rproc_handle_devmem() */
		return "a DEVMEM entry";
	if (range_end(*registers) > IPCC_REACH || table->base > IPCC_REACH - IPCC_TABLE_MAX ||
	    range_end(link->layout.buffers) > IPCC_REACH)
		return "memory above 4 GiB";
	return NULL;
}

/* And what is wrong with its being stopped and started by calls, which have no entry. */
static const char *find_loading_fault(const struct plan_context *peer)
{
	const struct manifest_context *m = peer->manifest;
	const struct image *image = &peer->image[PLAN_MAIN].image;

	if (m->secure)
		return "loading of a Secure context";
	if (!m->memories)
		return "loading without memory";
	if (image->entry != m->memory[0].base || image->thumb)
		return "an entry but the start of memory";
	return NULL;
}

static int check(struct plan *plan, const struct plan_link *link, struct error *e)
{
	const struct range *table = &link->end[LINK_OWNER]->table_home;
	const char *fault = find_fault(link);
	/* As it detaches, it writes back what lay there as it attached. */
	struct claim claim = {
		.owner = link->manifest->name,
		.what = "rest of the table's 1 KiB",
		.context = (int)link->end[LINK_OWNER]->index,
	};
	struct range rest;

	if (!fault && stm32_loads(link))
		fault = find_loading_fault(link->end[LINK_OWNER]);
	if (fault)
		return error_set(e, E_LINK_LIMITS, "stm32_rproc does not do %s", fault);
	rest = (struct range){ range_end(*table), IPCC_TABLE_MAX - table->size };
	return plan_claim(plan, &claim, &rest, e);
}

/* What has a region already, by another name. */
static bool is_of_link(const struct plan_link *link, const struct range *r)
{
	return range_overlaps(&link->page, r) || range_overlaps(&link->layout.vring[0], r) ||
	       range_overlaps(&link->layout.vring[1], r) ||
	       range_overlaps(&link->layout.buffers, r);
}

/* As a node's in a device tree has to be (devicetree specification, 2.2.1). */
static bool is_node_name(const uint8_t name[32])
{
	size_t i = 0;

	while (i < 31 && name[i] && strchr(NODE_NAME, name[i]))
		i++;
	return i && !name[i];
}

/* Remoteproc has one of its own for a carve-out that has a region of its name, else Linux's RAM. */
static int reserve(struct plan *plan, const struct plan_link *link, struct error *e)
{
	const struct table *t = &link->end[LINK_OWNER]->table;
	const struct resource_carveout *c;

	for (unsigned i = 0; (c = table_find(t, RESOURCE_CARVEOUT, i)); i++) {
		const struct range r = { c->da, c->len };

		if (range_contains(&link->manifest->memory, &r) && is_node_name(c->name) &&
		    !is_of_link(link, &r) && plan_reserve(plan, &r, e, "%s", (const char *)c->name))
			return e->code;
	}
	return 0;
}

/* Of the context: in its memory, or a carve-out. */
static bool is_loaded_to(const struct plan_link *link, const struct range *r)
{
	const struct plan_context *peer = link->end[LINK_OWNER];
	const struct resource_carveout *c;

	for (unsigned i = 0; i < peer->manifest->memories; i++)
		if (range_overlaps(&peer->manifest->memory[i], r))
			return true;
	for (unsigned i = 0; (c = table_find(&peer->table, RESOURCE_CARVEOUT, i)); i++)
		if (range_overlaps(&(struct range){ c->da, c->len }, r))
			return true;
	return false;
}

static int see(const struct plan *plan, const struct plan_link *link, struct linux_link *seen,
	       struct error *e)
{
	for (unsigned i = 0; i < plan->tree.reserved_count; i++) {
		const struct range *r = &plan->reserved[i].range;

		if (is_of_link(link, r) || !is_loaded_to(link, r))
			continue;
		if (seen->regions == LINUX_LOADS)
			return error_set(e, E_TOO_MANY, "more than %u regions to load to",
					 LINUX_LOADS);
		seen->region[seen->regions++] = i;
	}
	return 0;
}

const struct stm32_feature stm32_feature = { check, ipcc_fill, ipcc_driver, reserve, see };
