/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include "arch/arch.h"
#include "arch/smccc.h"
#include "base/explain.h"
#include "driver/psci.h"

#define PSCI_CPU_OFF	  0x84000002u
#define PSCI_CPU_ON	  (0x84000003u | SMCCC_WORD)
#define PSCI_AFFINITY	  (0x84000004u | SMCCC_WORD)
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

static int start(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		 struct error *e)
{
	int32_t answer;

	if (!smccc_is_there())
		return error_set(e, E_CORE_START, "core %lx: no PSCI in Secure state", core);
	/*
	 * Bit 0 of the address asks for Thumb state (DEN 0022, 6.4). The core is told by its MPIDR.
	 */
	answer = smccc_call(PSCI_CPU_ON, core, (uintptr_t)entry | thumb, (uintptr_t)argument);
	if (!answer)
		return 0;
	return error_set(e, E_CORE_START, "core %lx: PSCI CPU_ON at 0x%llx answers %d%s", core,
			 (unsigned long long)entry, (int)answer, meaning(answer));
}

static __attribute__((noreturn)) void off(void)
{
	smccc_call(PSCI_CPU_OFF, 0, 0, 0);
	arch_park(); /* refused */
}

static bool is_off(core_id_t core)
{
	return smccc_call(PSCI_AFFINITY, core, 0, 0) == 1; /* 0: on, 2: on its way there */
}

const struct core_ops psci_ops = { start, is_off, off };

void psci_system_off(void)
{
	smccc_call(PSCI_SYSTEM_OFF, 0, 0, 0);
}

void psci_system_reset(void)
{
	smccc_call(PSCI_SYSTEM_RESET, 0, 0, 0);
}
