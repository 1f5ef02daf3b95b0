/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>

#include "arch/armv8-a/system.h"
#include "arch/fault.h"

enum exception_kind { /* as exception_entry.S numbers them */
	SYNCHRONOUS,
	IRQ,
	FIQ,
	SERROR
};

struct exception_frame { /* and lays them out */
	uint64_t number[FAULT_REGISTERS];
	uint64_t pc, pstate, esr, far;
};
_Static_assert(sizeof(struct exception_frame) == 288, "FRAME of exception_entry.S");

/* @f is the first exception's alone: one that comes in here finds it as it was. */
void exception(enum exception_kind kind, const struct exception_frame *f) __attribute__((noreturn));

/* By ESR's exception classes (ARM DDI 0487, D17.2.37) that code like ours can meet. */
static const char *name_of(enum exception_kind kind, uint64_t esr)
{
	static const char *const asynchronous[] = {
		[IRQ] = "interrupt", [FIQ] = "fast interrupt", [SERROR] = "SError"
	};

	if (kind != SYNCHRONOUS)
		return asynchronous[kind];
	switch (esr >> 26 & 0x3f) {
	case 0x00:
		return "undefined instruction";
	case 0x15:
		return "supervisor call";
	case 0x21:
		return "prefetch abort";
	case 0x25:
		return "data abort";
	default:
		return "exception";
	}
}

/* How many there have been. Not in memory, which may be what is wrong, or not be set up yet. */
static unsigned count(void)
{
	uint64_t n = system_read(tpidr_el1);

	system_write(tpidr_el1, n + 1);
	return (unsigned)n;
}

void exception(enum exception_kind kind, const struct exception_frame *f)
{
	const struct fault fault = {
		name_of(kind, f->esr), f->number, f->pc, f->pstate, f->far, f->esr
	};

	fault_report(&fault, count());
}
