/* SPDX-License-Identifier: BSD-2-Clause */
#include "arch/armv7-a/entry_state.h"
#include "arch/smccc.h"

static unsigned entry_state(void)
{
	unsigned state;

	__asm__("mrc p15, 0, %0, c13, c0, 4" : "=r"(state)); /* TPIDRPRW, by reset.S */
	return state;
}

#define SMCCC_REGISTERS : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3) : : "ip", "memory"

/* Hypervisor calls reach nobody who came in Hyp mode; in Secure state nobody is there at all. */
int32_t smccc_call(uint32_t function, uintptr_t a, uintptr_t b, uintptr_t c)
{
	register uint32_t r0 __asm__("r0") = function;
	register uint32_t r1 __asm__("r1") = a;
	register uint32_t r2 __asm__("r2") = b;
	register uint32_t r3 __asm__("r3") = c;

	switch (entry_state()) {
	case ENTRY_SECURE:
		return SMCCC_NOT_SUPPORTED;
	case ENTRY_HYP:
		__asm__ volatile(".arch_extension sec\n\tsmc #0" SMCCC_REGISTERS);
		break;
	default:
		__asm__ volatile(".arch_extension virt\n\thvc #0" SMCCC_REGISTERS);
	}
	return (int32_t)r0;
}

bool smccc_is_there(void)
{
	return entry_state() != ENTRY_SECURE;
}
