/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Power State Coordination Interface 0.2 and later (Arm DEN 0022), by arch/smccc.h.
 * Where nobody answers, nobody is asked.
 */
#ifndef DRIVER_PSCI_H
#define DRIVER_PSCI_H

#include "driver/core_ops.h"

/*
 * CPU_ON: E_CORE_START with the firmware's answer, or that there is none; CPU_OFF, for the calling
 * core; AFFINITY_INFO.
 */
extern const struct core_ops psci_ops;

/* SYSTEM_OFF; returns only if the firmware refuses. */
void psci_system_off(void);

/* SYSTEM_RESET; likewise. */
void psci_system_reset(void);

#endif
