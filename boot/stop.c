/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a boot that went wrong, on a board. */
#include "boot/board.h"
#include "boot/console.h"
#include "boot/stage.h"

void boot_stop(const struct error *e)
{
	boot_report(e);
	console_line("stopped");
	board_stop();
}
