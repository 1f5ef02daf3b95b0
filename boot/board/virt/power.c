/* SPDX-License-Identifier: BSD-2-Clause */
/* Power: QEMU's own PSCI. */
#include "arch/arch.h"
#include "boot/board.h"
#include "driver/pl011.h"
#include "driver/psci.h"

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
