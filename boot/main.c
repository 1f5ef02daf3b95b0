/* SPDX-License-Identifier: BSD-2-Clause */
/* The way through the loader. */
#include "boot/record.h"
#include "boot/stage.h"

static const struct {
	enum stage stage;
	int (*run)(struct plan *plan, struct error *e);
} way[] = {
	{ STAGE_FIND, stage_find },
	{ STAGE_MANIFEST, stage_manifest },
	{ STAGE_PLAN, stage_plan },
	/* nothing has been written yet, and no core has started */
	{ STAGE_LOAD, stage_load_early },
	{ STAGE_TABLE, stage_table_early },
	{ STAGE_START, stage_start_early },
	/* early contexts run from here on, beside us */
	{ STAGE_LOAD, stage_load },
	{ STAGE_TABLE, stage_table },
	{ STAGE_FDT, stage_fdt },
	{ STAGE_START, stage_start },
	{ STAGE_ENTER, stage_enter },
};

static enum stage now = STAGE_RESET;

int boot_run(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
		now = way[i].stage;
		if (way[i].run(plan, e))
			break;
	}
	return e->code;
}

enum stage boot_stage(void)
{
	return now;
}

void boot_report(const struct error *e)
{
	record(now, "stopped", 0, 0, e->code);
	stage_print_error(now, "error", "", e);
}
