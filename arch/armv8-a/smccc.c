/* SPDX-License-Identifier: BSD-2-Clause */
#include "arch/armv8-a/system.h"
#include "arch/smccc.h"

#define SMCCC_REGISTERS                                                                         \
	: "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) : : "x4", "x5", "x6", "x7", "x8", "x9", "x10", \
	  "x11", "x12", "x13", "x14", "x15", "x16", "x17", "memory"

/* At EL2 hypervisor calls reach nobody but ourselves; at EL3 nobody is below us at all. */
int32_t smccc_call(uint32_t function, uintptr_t a, uintptr_t b, uintptr_t c)
{
	const unsigned from = level(); /* first: nothing comes between the registers and the call */
	register uint64_t x0 __asm__("x0") = function;
	register uint64_t x1 __asm__("x1") = a;
	register uint64_t x2 __asm__("x2") = b;
	register uint64_t x3 __asm__("x3") = c;

	if (from == 3)
		return SMCCC_NOT_SUPPORTED;
	if (from == 2)
		__asm__ volatile("smc #0" SMCCC_REGISTERS);
	else
		__asm__ volatile("hvc #0" SMCCC_REGISTERS);
	return (int32_t)x0;
}

bool smccc_is_there(void)
{
	return level() < 3;
}
