/* SPDX-License-Identifier: BSD-2-Clause */
/* An exception in the loader is a fault of the loader: print what there is to know and stop. */
#include "arch/arch.h"
#include "arch/fault.h"
#include "base/explain.h"
#include "boot/board.h"
#include "boot/console.h"
#include "boot/stage/stage.h"

/* A second one comes of reporting the first, by the timer or by the record: its sentence is out. */
void fault_report(const struct fault *f, unsigned before)
{
	struct error e = { 0 };

	if (before > 1)
		arch_park();
	if (before)
		boot_halt();
	board_start();
	for (unsigned i = 0; explains() && i < FAULT_REGISTERS; i += 4)
		console_line(FAULT_REGISTER " " FAULT_WORD " " FAULT_WORD " " FAULT_WORD
					    " " FAULT_WORD,
			     i, f->number[i], f->number[i + 1], f->number[i + 2], f->number[i + 3]);
	if (explains())
		console_line(FAULT_STATE " %08lx", f->state);
	error_set(&e, E_EXCEPTION, "%s at 0x%08lx, fault address 0x%08lx, status 0x%lx", f->what,
		  f->pc, f->address, f->status);
	boot_fault(&e);
}
