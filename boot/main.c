/* SPDX-License-Identifier: BSD-2-Clause */
/* The way through the loader. Reset code has been before: stacks, vectors, MMU and caches. */
#include "boot/arch.h"
#include "boot/board.h"
#include "boot/console.h"
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

void boot_main(void)
{
	static struct plan plan;
	static struct error e;

	board_start();
	record_start();
	record(STAGE_RESET, board.name, 0, 0, 0);
	for (unsigned i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
		now = way[i].stage;
		if (way[i].run(&plan, &e))
			break;
	}
	boot_stop(&e);
}

void boot_stop(const struct error *e)
{
	record(now, "stopped", 0, 0, e->code);
	console_printf("peerboot: error %s (%d) in %s: ", error_name(e->code), e->code,
		       stage_name(now));
	console_printf("%s\npeerboot: stopped\n", e->text);
	board_stop();
}
