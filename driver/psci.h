/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Power State Coordination Interface 0.2 and later (Arm DEN 0022), by arch/smccc.h.
 * Where nobody answers, nobody is asked.
 */
#ifndef DRIVER_PSCI_H
#define DRIVER_PSCI_H

#include <stdbool.h>

#include "base/core.h"
#include "base/error.h"
#include "base/range.h"

/*
 * CPU_ON; see board_core_start(). E_CORE_START with the firmware's answer, or that there is none.
 */
int psci_core_start(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		    struct error *e);

/* CPU_OFF, for the calling core; returns only if the firmware refuses. */
void psci_core_off(void);

/* AFFINITY_INFO: is @core off, so that it can be started? */
bool psci_core_is_off(core_id_t core);

/* SYSTEM_OFF; returns only if the firmware refuses. */
void psci_system_off(void);

/* SYSTEM_RESET; likewise. */
void psci_system_reset(void);

#endif
