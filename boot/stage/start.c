/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage start: the first core of every context but the one that takes over the loader's own. */
#include "boot/board.h"
#include "boot/feature/recovery.h"
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "driver/doorbell.h"

static int start_context(struct plan *plan, struct plan_context *c, struct error *e)
{
	const struct image *image = &c->image[PLAN_MAIN].image;

	if (stage_owns_this_core(c))
		return 0;
	if (board_core_start(c->id, image->entry, image->thumb, c->table_home.base, e))
		return e->code;
	plan->started = true;
	record(STAGE_START, 0, image->entry, 0, "%s core %lx", c->manifest->name, c->id);
	return 0;
}

int stage_start_early(struct plan *plan, struct error *e)
{
	if (recovery_asked_for(plan, e))
		return e->code;
	doorbell_let_through(); /* without Linux nobody else would */
	return stage_each(plan, START_EARLY, start_context, e);
}

int stage_start(struct plan *plan, struct error *e)
{
	if (recovery_asked_for(plan, e) || stage_each(plan, START_LATE, start_context, e))
		return e->code;
	/* Linux must not look for a peer that did not start: its tree is written anew. */
	return plan->fdt_is_stale ? stage_fdt(plan, e) : 0;
}
