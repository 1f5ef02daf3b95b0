/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's second part goes on: the cores of each context. */
#include "boot/feature/explain.h"
#include "boot/plan/parts.h"

/* Of a cluster that is none of Linux's the tree has no core at all: then all are there. */
int plan_cores(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct manifest_context *m = context->manifest;
	const struct board_cluster *cluster = plan->board->cluster;
	unsigned first = (unsigned)__builtin_ctz(cluster->cores);
	uint32_t there = plan->cores & cluster->cores;

	error_about(e, "", m->name);
	if (!there)
		there = cluster->cores;
	there >>= first;
	if (m->cores & ~there)
		return error_set(e, E_CORE_ABSENT, "cores 0x%x absent, the board has 0x%x",
				 (unsigned)(m->cores & ~there), (unsigned)there);
	context->cluster = cluster;
	context->cores = m->cores << first;
	context->core = (unsigned)__builtin_ctz(context->cores);
	context->id = plan->board->core.id[context->core];
	if (context->runs_linux && context->core)
		return error_set(e, E_CORE_START,
				 EXPLAIN("cpus 0x%x without bit 0",
					 ", the core that the loader runs on: it enters Linux"),
				 (unsigned)m->cores);
	return 0;
}
