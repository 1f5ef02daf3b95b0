/* SPDX-License-Identifier: BSD-2-Clause */
/* One step after the other, and where it got to. */
#include "arch/arch.h"
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "boot/storage.h"
#include "boot/watchdog.h"

static enum stage now = STAGE_RESET;

static int run_steps(struct boot *boot, bool start, struct error *e)
{
	const struct range *staging = &boot->in.board->staging;

	boot->staging =
		(struct staging){ arch_pointer(staging->base), (size_t)staging->size, 0, 0 };
	for (const struct boot_step *step = boot_way; step->run; step++) {
		if (step->stage >= STAGE_START && !start)
			continue;
		now = step->stage;
		watchdog_feed();
		error_about(e, NULL, NULL);
		step->run(boot, e);
		if (storage_failed(e)) {
			e->stage = now;
			break;
		}
	}
	return e->code;
}

int boot_run(struct boot *boot, struct error *e)
{
	return run_steps(boot, true, e);
}

int boot_run_up_to_start(struct boot *boot, struct error *e)
{
	return run_steps(boot, false, e);
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
