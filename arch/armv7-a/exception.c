/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>

#include "arch/fault.h"

struct exception_frame { /* as exception_entry.S lays it out */
	unsigned long r[FAULT_REGISTERS];
	unsigned long cpsr;
};

void exception(unsigned number, const struct exception_frame *f) __attribute__((noreturn));

static const char *const names[] = {
	"undefined instruction", "supervisor call", "prefetch abort", "data abort", "interrupt",
	"fast interrupt",
};

enum {
	PREFETCH_ABORT = 2,
	DATA_ABORT = 3
};

static void fault_registers(unsigned number, unsigned long *address, unsigned long *status)
{
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

void exception(unsigned number, const struct exception_frame *f)
{
	struct fault fault = { names[number], f->r, f->r[15], f->cpsr, 0, 0 };

	fault_registers(number, &fault.address, &fault.status);
	fault_report(&fault, count());
}
