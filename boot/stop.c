/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a boot that went wrong, on a board. */
#include "boot/board.h"
#include "boot/console.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

void boot_stop(const struct error *e)
{
	boot_report(e);
	boot_halt();
}

void boot_fault(const struct error *e)
{
	stage_print_error(boot_stage(), "error", "", e);
	record(boot_stage(), e->code, 0, 0, "stopped");
	boot_halt();
}

void boot_halt(void)
{
	console_line("stopped");
	board_stop();
}
