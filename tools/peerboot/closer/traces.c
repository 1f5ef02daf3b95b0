/* SPDX-License-Identifier: BSD-2-Clause */
/* Traces in a context's own memory, which nobody else claims: is a link over one? */
#include "tools/peerboot/closer/closer.h"

static int check_link(struct closer *c, const struct plan_link *link, const struct range *trace,
		      const char *name)
{
	const struct link_layout *l = &link->layout;
	const struct range *const parts[LINK_PLACES] = { &l->vring[0], &l->vring[1], &l->buffers };

	for (unsigned k = 0; k < LINK_PLACES && !link->failed; k++)
		if (range_overlaps(parts[k], trace))
			return error_set(c->e, E_OVERLAP,
					 "%s %s 0x%llx..0x%llx is in trace %.32s 0x%llx..0x%llx",
					 link->manifest->name, link_part_names[k],
					 (unsigned long long)parts[k]->base,
					 (unsigned long long)range_end(*parts[k]), name,
					 (unsigned long long)trace->base,
					 (unsigned long long)range_end(*trace));
	return 0;
}

int closer_traces(struct closer *c, struct plan_context *context)
{
	const struct resource_trace *trace;

	if (!context->table_home.size)
		return 0;
	c->e->culprit = (int)context->index;
	error_about(c->e, "table of ", context->manifest->name);
	for (unsigned n = 0; (trace = table_find(&context->table, RESOURCE_TRACE, n)); n++) {
		struct range r = { trace->da, trace->len };

		if (table_is_any(&context->table, trace->da) || !plan_see(context->cluster, &r))
			continue;
		for (unsigned i = 0; i < c->plan->links; i++)
			if (check_link(c, &c->plan->link[i], &r, (const char *)trace->name))
				return c->e->code;
	}
	return 0;
}
