/* SPDX-License-Identifier: BSD-2-Clause */
/* What exception_entry.S gives to the C of whoever it is linked with: the loader, an image. */
#ifndef ARCH_ARMV8_A_EXCEPTION_H
#define ARCH_ARMV8_A_EXCEPTION_H

#include <stdint.h>

struct exception_frame {
	uint64_t x[31], sp, pc, pstate, esr, far;
};
_Static_assert(sizeof(struct exception_frame) == 288, "FRAME of exception_entry.S");

enum exception_kind {
	EXCEPTION_SYNCHRONOUS,
	EXCEPTION_IRQ,
	EXCEPTION_FIQ,
	EXCEPTION_SERROR
};

/* @f is the first exception's alone: one that comes in here finds it as it was. */
void exception(enum exception_kind kind, const struct exception_frame *f) __attribute__((noreturn));

/* By ESR's exception classes (ARM DDI 0487, D17.2.37) that code like ours can meet. */
static inline const char *exception_name(enum exception_kind kind, uint64_t esr)
{
	static const char *const asynchronous[] = { [EXCEPTION_IRQ] = "interrupt",
						    [EXCEPTION_FIQ] = "fast interrupt",
						    [EXCEPTION_SERROR] = "SError" };

	if (kind != EXCEPTION_SYNCHRONOUS)
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

#endif
