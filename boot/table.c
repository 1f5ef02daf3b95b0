/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage table: what the plan filled in goes to its home, a twin to where nobody changes it. */
#include <stdio.h>
#include <string.h>

#include "boot/arch.h"
#include "boot/record.h"
#include "boot/stage.h"

static void write_copy(const struct plan_context *c, struct range to)
{
	if (!to.size)
		return;
	memcpy(arch_pointer(to.base), c->table.data, c->table.size);
	arch_clean(to);
}

/* As a remoteproc master does: RAM may hold what an earlier boot left. */
static void clear_vrings(const struct link_layout *layout)
{
	for (unsigned i = 0; i < 2; i++) {
		memset(arch_pointer(layout->vring[i].base), 0, (size_t)layout->vring[i].size);
		arch_clean(layout->vring[i]);
	}
}

static int place_table(struct plan *plan, unsigned context, struct error *e)
{
	const struct plan_context *c = &plan->context[context];
	char what[28];

	(void)e;
	if (!c->table_home.size)
		return 0;
	for (unsigned i = 0; i < plan->links; i++) {
		const struct manifest_link *link = plan->link[i].manifest;

		if (!plan->link[i].failed && link->end[link->table_end] == context)
			clear_vrings(&plan->link[i].layout);
	}
	write_copy(c, c->table_home);
	write_copy(c, c->table_pristine);
	snprintf(what, sizeof(what), "%s table", c->manifest->name);
	record(STAGE_TABLE, what, c->table_home.base, c->table.size, 0);
	return 0;
}

int stage_table_early(struct plan *plan, struct error *e)
{
	return stage_each(plan, STAGE_TABLE, LOAD_EARLY, place_table, e);
}

int stage_table(struct plan *plan, struct error *e)
{
	return stage_each(plan, STAGE_TABLE, LOAD_LATE, place_table, e);
}
