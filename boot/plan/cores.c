/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's second part goes on: the cores of each context. */
#include <string.h>

#include "boot/feature/clusters.h"
#include "boot/feature/views.h"
#include "boot/feature/explain.h"
#include "boot/plan/parts.h"

/* NULL: the board has none of that name. */
static const struct board_cluster *find_cluster(const struct board *board, const char *name)
{
	for (unsigned i = 0; features->clusters && name[0]; i++) {
		if (i == board->clusters)
			return NULL;
		if (!strcmp(board->cluster[i].name, name))
			return &board->cluster[i];
	}
	return board->cluster;
}

static int no_cluster(const struct board *board, const char *name, struct error *e)
{
	error_set_explained(e, E_CORE_UNKNOWN, "no cluster %s", ": the board has", name);
	for (unsigned i = 0; i < board->clusters; i++)
		error_explain(e, "%s %s", i ? "," : "", board->cluster[i].name);
	return e->code;
}

/* The manifest may have called one cluster by its name and by none. */
static int check_others(const struct plan *plan, const struct plan_context *context,
			struct error *e)
{
	const struct plan_context *other = plan->context;

	for (; features->clusters && other < context; other++)
		if (!other->failed && other->cores & context->cores)
			return error_set(e, E_CORE_TWICE, "cores 0x%x, some are %s's",
					 (unsigned)context->manifest->cores, other->manifest->name);
	return 0;
}

int plan_cores(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct manifest_context *m = context->manifest;
	const struct board_cluster *cluster = find_cluster(plan->in->board, m->cluster);
	uint32_t there;
	unsigned first;

	error_about(e, "", m->name);
	if (features->clusters && !cluster)
		return no_cluster(plan->in->board, m->cluster, e);
	first = (unsigned)__builtin_ctz(cluster->cores);
	there = cluster->cores;
	if (!features->clusters || !cluster->unlisted)
		there &= plan->cores;
	there >>= first;
	if (m->cores & ~there) {
		error_set(e, E_CORE_ABSENT, "cores 0x%x absent", (unsigned)(m->cores & ~there));
		error_explain(e, ", the board has 0x%x", (unsigned)there);
		if (advises() && plan->in->board->clusters > 1)
			error_explain(e, " in cluster %s", cluster->name);
		return e->code;
	}
	context->cluster = cluster;
	context->cores = m->cores << first;
	context->core = (unsigned)__builtin_ctz(context->cores);
	context->id = plan->in->board->core.id[context->core];
	if (context->runs_linux && context->core)
		return error_set(e, E_CORE_START, "cpus 0x%x without the loader's core",
				 (unsigned)m->cores);
	if (check_others(plan, context, e) || !features->views)
		return e->code;
	return plan_view(context, e);
}
