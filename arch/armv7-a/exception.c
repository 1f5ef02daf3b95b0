/* SPDX-License-Identifier: BSD-2-Clause */
/* An exception in the loader is a fault of the loader: print what there is to know and stop. */
#include <stdint.h>

#include "arch/arch.h"
#include "boot/board.h"
#include "boot/console.h"
#include "base/explain.h"
#include "boot/stage/stage.h"

struct exception_frame { /* as exception_entry.S lays it out */
	uint32_t r[16];
	uint32_t cpsr;
};

void exception(unsigned number, const struct exception_frame *f);

static const char *const names[] = {
	"undefined instruction", "supervisor call", "prefetch abort", "data abort", "interrupt",
	"fast interrupt",
};

enum {
	PREFETCH_ABORT = 2,
	DATA_ABORT = 3
};

static void fault_registers(unsigned number, uint32_t *address, uint32_t *status)
{
	*address = *status = 0;
	if (number == DATA_ABORT) {
		__asm__ volatile("mrc p15, 0, %0, c6, c0, 0" : "=r"(*address)); /* DFAR */
		__asm__ volatile("mrc p15, 0, %0, c5, c0, 0" : "=r"(*status));	/* DFSR */
	} else if (number == PREFETCH_ABORT) {
		__asm__ volatile("mrc p15, 0, %0, c6, c0, 2" : "=r"(*address)); /* IFAR */
		__asm__ volatile("mrc p15, 0, %0, c5, c0, 1" : "=r"(*status));	/* IFSR */
	}
}

/* How many there have been. Not in memory, which may be what is wrong, or not be set up yet. */
static unsigned count(void)
{
	unsigned n;

	__asm__ volatile("mrc p15, 0, %0, c13, c0, 2" : "=r"(n)); /* TPIDRURW */
	__asm__ volatile("mcr p15, 0, %0, c13, c0, 2" ::"r"(n + 1));
	return n;
}

/* A second one comes of reporting the first, by the timer or by the record: its sentence is out. */
void exception(unsigned number, const struct exception_frame *f)
{
	struct error e = { 0 };
	uint32_t address, status;
	unsigned before = count();

	if (before > 1)
		arch_park();
	if (before)
		boot_halt();
	board_start();
	fault_registers(number, &address, &status);
	for (unsigned i = 0; explains() && i < 16; i += 4)
		console_line("r%-2u %08x %08x %08x %08x", i, (unsigned)f->r[i],
			     (unsigned)f->r[i + 1], (unsigned)f->r[i + 2], (unsigned)f->r[i + 3]);
	if (explains())
		console_line("cpsr %08x", (unsigned)f->cpsr);
	error_set(&e, E_EXCEPTION, "%s at 0x%08x, fault address 0x%08x, status 0x%x", names[number],
		  (unsigned)f->r[15], (unsigned)address, (unsigned)status);
	boot_fault(&e);
}
