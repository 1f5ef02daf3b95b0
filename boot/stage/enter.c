/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage enter: the loader's own core leaves for the context that owns it. */
#include "arch/arch.h"
#include "boot/core.h"
#include "boot/feature/monitor.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

static int enter_if_owned(struct boot *boot, struct plan_context *c, struct error *e)
{
	const struct image *image = &c->image[PLAN_MAIN].image;

	(void)e;
	if (!stage_owns_this_core(c))
		return 0;
	record(STAGE_ENTER, 0, image->entry, 0, "%s core %lx", c->manifest->name, c->id);
	record_show_all();
	if (features->monitor)
		features->monitor->enter(c);
	if (c->runs_linux)
		arch_enter_linux(image->entry, boot->plan.fdt.base);
	arch_enter(image->entry, image->thumb, c->table_home.base); /* as by core_start() */
}

int stage_enter(struct boot *boot, struct error *e)
{
	if (features->monitor)
		features->monitor->finish(boot);
	stage_each(boot, EVERY, enter_if_owned, e);
	/* Nobody owns this core: it is free for any of the others to start. */
	record(STAGE_ENTER, 0, 0, 0, "nobody");
	record_show_all();
	core_off();
}
