/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader on its board. Reset code has been before: stacks, vectors, MMU and caches. */
#include "boot/board.h"
#include "boot/feature/recovery.h"
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "boot/version.h"
#include "boot/watchdog.h"
#include "driver/clock.h"

__attribute__((weak)) void board_open_storage(void)
{
}

void boot_main(uintptr_t passed)
{
	static struct boot boot;
	static struct error e;

	watchdog_feed();
	clock_start();
	if (features->recovery)
		features->recovery->look();
	board_start();
	record_start();
	record(STAGE_RESET, 0, 0, 0, "%s %s", board.name, peerboot_version);
	boot.in.board = &board;
	if (board.fdt_passed && stage_take_passed(&board, passed, &e))
		boot_stop(&e);
	board_open_storage();
	recovery_boot(&boot, &e);
	boot_stop(&e);
}
