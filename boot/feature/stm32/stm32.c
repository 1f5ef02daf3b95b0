/* SPDX-License-Identifier: BSD-2-Clause */
/* What stm32_rproc, and remoteproc with it, ask of a peer that they attach to. */
#include "boot/feature/stm32.h"
#include "boot/plan/parts.h"
#include "doorbell/ipcc.h"
#include "doorbell/ipcc_tree.h"

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

	if (fault)
		return error_set(e, E_LINK_LIMITS, "stm32_rproc does not do %s", fault);
	rest = (struct range){ range_end(*table), IPCC_TABLE_MAX - table->size };
	return plan_claim(plan, &claim, &rest, e);
}

const struct stm32_feature stm32_feature = { check, ipcc_fill, ipcc_driver };
