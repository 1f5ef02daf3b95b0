/* SPDX-License-Identifier: BSD-2-Clause */
/* One step after the other, and where it got to. */
#include "boot/record.h"
#include "boot/stage/stage.h"

static enum stage now = STAGE_RESET;

int boot_run_steps(const struct boot_step *step, struct plan *plan, struct error *e)
{
	for (; step->run; step++) {
		now = step->stage;
		error_about(e, NULL, NULL);
		if (step->run(plan, e)) {
			e->stage = now;
			break;
		}
	}
	return e->code;
}

int boot_run(struct plan *plan, struct error *e)
{
	return boot_run_steps(boot_way, plan, e);
}

enum stage boot_stage(void)
{
	return now;
}

void boot_report(const struct error *e)
{
	enum stage stage = e->stage ? e->stage : now;

	record(stage, e->code, 0, 0, "stopped");
	stage_print_error(stage, "error", "", e);
}
