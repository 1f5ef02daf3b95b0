/* SPDX-License-Identifier: BSD-2-Clause */
/* Can the links' doorbells be heard and rung? By their kind, the board, and the device tree. */
#include <libfdt.h>

#include "boot/feature/explain.h"
#include "boot/feature/interrupts.h"
#include "boot/plan/parts.h"
#include "doorbell/adma.h"
#include "doorbell/kind.h"
#include "fdt/address.h"
#include "fdt/cells.h"

/* What Linux can hear is one line, or several in a row, to one end. */
static bool share_line(const struct link_doorbell *a, unsigned lines, const struct link_doorbell *b)
{
	const uint32_t behind = b->cell[0] - a->cell[0];

	return doorbell_lines(b) && (behind < lines || -behind < doorbell_lines(b));
}

static int check_lines(const struct plan *plan, const struct link_doorbell *d, struct error *e)
{
	const unsigned lines = doorbell_lines(d);

	for (unsigned i = 0; lines && i < 2 * plan->links; i++) {
		const struct plan_link *link = &plan->link[i / 2];
		const struct link_doorbell *other = &link->manifest->doorbell[i % 2];

		if (!link->failed && other != d && share_line(d, lines, other))
			return error_set(e, E_LINK_DOORBELL, "its <%u %u> is a doorbell of %s",
					 (unsigned)d->kind, (unsigned)d->cell[0],
					 link->manifest->name);
	}
	return 0;
}

static const char *controller_name(const struct plan *plan)
{
	const int node = plan->tree.controller.node;
	const char *name = property_string(plan->fdt_source.data, node, "compatible");

	return node && name ? name : "none";
}

/* By the board's tree, or the one that Linux gets. */
static int check_controller(const struct plan *plan, struct error *e)
{
	const struct interrupt_controller *c = &plan->tree.controller;

	if (c->lacks) {
		error_set(e, E_LINK_DOORBELL, "nothing rings");
		return error_explain(e, "; the device tree has %s%s", controller_name(plan),
				     c->lacks);
	}
	/* Who rings by the board's memory map would write into nothing. */
	if (plan->controller_at == plan->in->board->controller)
		return 0;
	return error_set(e, E_LINK_DOORBELL,
			 "the device tree has %s at 0x%llx, the board at 0x%llx",
			 controller_name(plan), (unsigned long long)plan->controller_at,
			 (unsigned long long)plan->in->board->controller);
}

/* What cores without a GIC have in its place. */
FEATURE_INLINE int explain_channels(const struct plan *plan, const char *who, struct error *e)
{
	const struct adma_channels *a = plan->in->board->adma;

	return a ? error_explain(e, "%s ring Linux by <%u %u> to <%u %u>, and hear nothing", who,
				 DOORBELL_ADMA, (unsigned)a->spi, DOORBELL_ADMA,
				 (unsigned)(a->spi + a->count - 1)) :
		   e->code;
}

/* A bell is heard by the one end and rung by the other, each by what its cores have. */
static int check_cores(const struct plan *plan, const struct plan_link *link, enum link_end k,
		       const struct link_doorbell *d, struct error *e)
{
	for (unsigned i = 0; d->kind && d->kind != DOORBELL_ADMA && i < 2; i++) {
		if (!link->end[i]->cluster->no_controller)
			continue;
		error_set(e, E_LINK_DOORBELL, "%s's cores can't %s <%u %u>",
			  link->end[i]->manifest->name, i == k ? "hear" : "ring", (unsigned)d->kind,
			  (unsigned)d->cell[0]);
		error_explain(e, ", they have no GIC");
		return explain_channels(plan, "; they", e);
	}
	return 0;
}

static int not_heard(const struct plan *plan, const struct plan_context *context,
		     const struct link_doorbell *d, unsigned numbers, struct error *e)
{
	error_set(e, E_LINK_DOORBELL, "%s on core %u can't hear <%u %u>", context->manifest->name,
		  context->core, (unsigned)d->kind, (unsigned)d->cell[0]);
	if (d->cell[0] >= numbers)
		return error_explain(e, "; the board has %u", numbers);
	error_explain(e, "; " DOORBELL_WANTED);
	return features->adma ? explain_channels(plan, "; cores without a GIC", e) : e->code;
}

int plan_doorbell(struct plan *plan, struct plan_link *link, enum link_end k, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	const struct plan_context *context = link->end[k];
	const struct link_doorbell *given = &m->doorbell[m->table_end ^ k];
	const struct doorbell_end end = {
		.id = context->id,
		.number = context->core,
		.runs_linux = context->runs_linux,
		.beside_linux = !context->runs_linux && plan->linux_context >= 0,
		.registers = (uint32_t)m->registers.base,
		.adma = plan->in->board->adma,
	};
	struct link_doorbell *d = &link->doorbell[k];
	const unsigned counted = doorbell_counted(given->kind);
	unsigned numbers = counted < DOORBELL_COUNTED ? plan->in->board->doorbells[counted] : 0;

	*d = *given;
	if (features->adma && check_cores(plan, link, k, d, e))
		return e->code;
	if (d->kind && plan->fdt_source.size && check_controller(plan, e))
		return e->code;
	if (d->cell[0] >= numbers || !doorbell_hears(&end, &plan->tree.controller, d))
		return not_heard(plan, context, d, numbers, e);
	return check_lines(plan, given, e);
}

/* Does it come from a device that is @ringer's? By where its registers are. */
static bool comes_from(const struct plan *plan, const struct plan_context *ringer,
		       const struct link_doorbell *d)
{
	const void *fdt = plan->fdt_source.data;
	uint64_t address;

	for (unsigned n = 0; n < ringer->manifest->devices; n++)
		if (node_address(fdt, node_of_path(fdt, ringer->manifest->device[n]), &address) &&
		    address == d->cell[1])
			return true;
	return false;
}

int plan_doorbells(struct plan *plan, struct error *e)
{
	uint32_t number[MANIFEST_LINKS * DOORBELL_LINES];
	const unsigned count = plan->links * DOORBELL_LINES;
	const struct plan_link *link;
	char path[INTERRUPTS_PATH];
	unsigned found;

	if (!features->interrupts || !plan_linux_context(plan))
		return 0;
	for (unsigned i = 0; i < count; i++) {
		const struct link_doorbell *d;
		const unsigned line = i % DOORBELL_LINES;
		unsigned heard;

		link = &plan->link[i / DOORBELL_LINES];
		heard = link->end[LINK_PEER]->runs_linux;
		d = &link->doorbell[heard];
		number[i] = !link->failed && line < doorbell_lines(d) ? d->cell[0] + line :
									INTERRUPTS_NONE;
		if (features->adma && doorbell_taken_back(d) &&
		    comes_from(plan, link->end[!heard], d))
			number[i] = INTERRUPTS_NONE;
	}
	found = features->interrupts->find_user(plan->fdt_source.data, &plan->tree.controller,
						number, count, path);
	if (found == count)
		return 0;
	link = &plan->link[found / DOORBELL_LINES];
	e->culprit = plan_link_guilty(link);
	error_set(e, E_LINK_DOORBELL, "%s: its SPI %u is of %s in the device tree",
		  link->manifest->name, (unsigned)number[found], path);
	if (features->adma)
		error_explain(e, ", not among the devices of who rings by it");
	return e->code;
}
