/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage start: the first core of every context but the one that takes over the loader's own. */
#include "boot/core.h"
#include "boot/feature/monitor.h"
#include "boot/feature/recovery.h"
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "doorbell/core.h"

static int start_context(struct boot *boot, struct plan_context *c, struct error *e)
{
	const struct image *image = &c->image[PLAN_MAIN].image;

	if (stage_owns_this_core(c))
		return 0;
	phys_addr_t table = c->table_home.base;

	if (features->views)
		table = plan_seen(c->cluster, table);
	if (core_start(c->cluster, c->id, image->entry, image->thumb, table, e))
		return e->code;
	boot->started = true;
	record(STAGE_START, 0, image->entry, 0, "%s core %lx", c->manifest->name, c->id);
	return 0;
}

int stage_start_early(struct boot *boot, struct error *e)
{
	if (recovery_asked_for(boot, e))
		return e->code;
	if (features->monitor && features->monitor->install)
		features->monitor->install(boot);
	doorbell_let_through(); /* without Linux nobody else would */
	stage_each(boot, START_EARLY, start_context, e);
	record_let_out();
	return e->code;
}

int stage_start(struct boot *boot, struct error *e)
{
	if (recovery_asked_for(boot, e) || stage_each(boot, START_LATE, start_context, e))
		return e->code;
	/* Linux must not look for a peer that did not start: its tree is written anew. */
	return boot->fdt_is_stale ? stage_fdt(boot, e) : 0;
}
