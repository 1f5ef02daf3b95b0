/* SPDX-License-Identifier: BSD-2-Clause */
/* The way through the loader. */
#include "boot/stage/stage.h"

const struct boot_step boot_way[] = {
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
	{ 0 },
};
