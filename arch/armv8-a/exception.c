/* SPDX-License-Identifier: BSD-2-Clause */
/* An exception in the loader is a fault of the loader: print what there is to know and stop. */
#include "arch/arch.h"
#include "arch/armv8-a/exception.h"
#include "arch/armv8-a/system.h"
#include "boot/board.h"
#include "boot/console.h"
#include "base/explain.h"
#include "boot/stage/stage.h"

/* How many there have been. Not in memory, which may be what is wrong, or not be set up yet. */
static uint64_t count(void)
{
	uint64_t n = system_read(tpidr_el0);

	system_write(tpidr_el0, n + 1);
	return n;
}

/* A second one comes of reporting the first, by the timer or by the record: its sentence is out. */
void exception(enum exception_kind kind, const struct exception_frame *f)
{
	struct error e = { 0 };
	uint64_t before = count();

	if (before > 1)
		arch_park();
	if (before)
		boot_halt();
	board_start();
	for (unsigned i = 0; explains() && i < 32; i += 4)
		console_line("x%-2u %016llx %016llx %016llx %016llx", i,
			     (unsigned long long)f->x[i], (unsigned long long)f->x[i + 1],
			     (unsigned long long)f->x[i + 2],
			     (unsigned long long)(i < 28 ? f->x[i + 3] : f->sp));
	if (explains())
		console_line("pstate %08x", (unsigned)f->pstate);
	error_set(&e, E_EXCEPTION, "%s at 0x%08llx, fault address 0x%08llx, status 0x%x",
		  exception_name(kind, f->esr), (unsigned long long)f->pc,
		  (unsigned long long)f->far, (unsigned)f->esr);
	boot_fault(&e);
}
