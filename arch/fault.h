/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An exception, as the architecture's code hands it to the program that it is a fault of: loader or
 * image.
 */
#ifndef ARCH_FAULT_H
#define ARCH_FAULT_H

#include <stdint.h>

/* How they are printed: registers by name and number, and how many; the state's name. */
#if UINTPTR_MAX > UINT32_MAX
#define FAULT_REGISTER	"x%-2u"
#define FAULT_REGISTERS 32 /* x0 to x30, sp */
#define FAULT_WORD	"%016lx"
#define FAULT_STATE	"pstate"
#else
#define FAULT_REGISTER	"r%-2u"
#define FAULT_REGISTERS 16 /* r0 to r12, sp, lr, pc */
#define FAULT_WORD	"%08lx"
#define FAULT_STATE	"cpsr"
#endif

struct fault {
	const char *what;	     /* "data abort" */
	const unsigned long *number; /* of registers: FAULT_REGISTERS of them */
	unsigned long pc, state;
	unsigned long address, status; /* that it is about: FAR and ESR; 0 where there are none */
};

/*
 * Of the program: say it, and stop. @before: how many there were before, which nobody came back
 * from; so it comes of reporting the first. Interrupts are masked, the stack is the exceptions'.
 */
void fault_report(const struct fault *fault, unsigned before) __attribute__((noreturn));

#endif
