/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include "arch/armv7-a/entry_state.h"
#include "arch/armv7-a/psci.h"
#include "boot/feature/explain.h"

#define PSCI_NOT_SUPPORTED -1

#define PSCI_CPU_OFF	  0x84000002u
#define PSCI_CPU_ON	  0x84000003u
#define PSCI_AFFINITY	  0x84000004u
#define PSCI_SYSTEM_OFF	  0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u

/* The answers, by their negative numbers. */
static const char *const answers[] = {
	"",
	" (not supported)",
	" (invalid parameters)",
	" (denied)",
	" (already on)",
	" (on pending)",
	" (internal failure)",
	" (not present)",
	" (disabled)",
	" (invalid address)",
};

static const char *meaning(int32_t answer)
{
	size_t n = (size_t)-answer;

	return explains() && n < sizeof(answers) / sizeof(answers[0]) ? answers[n] : "";
}

static unsigned entry_state(void)
{
	unsigned state;

	__asm__("mrc p15, 0, %0, c13, c0, 4" : "=r"(state)); /* TPIDRPRW, by reset.S */
	return state;
}

#define PSCI_REGISTERS : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3) : : "ip", "memory"

/* Hypervisor calls reach nobody who came in Hyp mode; in Secure state nobody is there at all. */
static int32_t psci_call(uint32_t function, uint32_t a, uint32_t b, uint32_t c)
{
	register uint32_t r0 __asm__("r0") = function;
	register uint32_t r1 __asm__("r1") = a;
	register uint32_t r2 __asm__("r2") = b;
	register uint32_t r3 __asm__("r3") = c;

	switch (entry_state()) {
	case ENTRY_SECURE:
		return PSCI_NOT_SUPPORTED;
	case ENTRY_HYP:
		__asm__ volatile(".arch_extension sec\n\tsmc #0" PSCI_REGISTERS);
		break;
	default:
		__asm__ volatile(".arch_extension virt\n\thvc #0" PSCI_REGISTERS);
	}
	return (int32_t)r0;
}

int psci_core_start(unsigned core, phys_addr_t entry, bool thumb, uint32_t argument,
		    struct error *e)
{
	int32_t answer;

	if (entry_state() == ENTRY_SECURE)
		return error_set(e, E_CORE_START, "core %u: no PSCI: the loader is in Secure state",
				 core);
	/*
	 * Bit 0 of the address asks for Thumb state (DEN 0022, 6.4). The core is told by its MPIDR.
	 */
	answer = psci_call(PSCI_CPU_ON, core, (uint32_t)entry | thumb, argument);
	if (!answer)
		return 0;
	return error_set(e, E_CORE_START, "core %u: PSCI CPU_ON at 0x%llx answers %d%s", core,
			 (unsigned long long)entry, (int)answer, meaning(answer));
}

void psci_core_off(void)
{
	psci_call(PSCI_CPU_OFF, 0, 0, 0);
}

bool psci_core_is_off(unsigned core)
{
	return psci_call(PSCI_AFFINITY, core, 0, 0) == 1; /* 0: on, 2: on its way there */
}

void psci_system_off(void)
{
	psci_call(PSCI_SYSTEM_OFF, 0, 0, 0);
}

void psci_system_reset(void)
{
	psci_call(PSCI_SYSTEM_RESET, 0, 0, 0);
}
