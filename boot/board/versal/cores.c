/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores: the A72s by PSCI, the R5s by their resets. */
#include "boot/board.h"
#include "driver/psci.h"
#include "driver/versal_rpu.h"

BOARD_CORE_OPS(&psci_ops, &versal_rpu_ops);
