/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores: QEMU's own PSCI starts them. */
#include "boot/board.h"
#include "driver/psci.h"

BOARD_CORE_OPS(&psci_ops);
