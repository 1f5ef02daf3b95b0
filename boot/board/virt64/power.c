/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores and power: QEMU's own PSCI does both. */
#include "arch/arch.h"
#include "boot/board.h"
#include "driver/pl011.h"
#include "driver/psci.h"

int board_core_start(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		     struct error *e)
{
	return psci_core_start(core, entry, thumb, argument, e);
}

bool board_core_is_off(core_id_t core)
{
	return psci_core_is_off(core);
}

void board_core_off(void)
{
	psci_core_off();
	arch_park();
}

void board_reset(void)
{
	pl011_drain();
	psci_system_reset();
	arch_park();
}

void board_stop(void)
{
	pl011_drain();
	psci_system_off();
	arch_park();
}
