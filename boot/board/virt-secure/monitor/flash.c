/* SPDX-License-Identifier: BSD-2-Clause */
/* The boot state, as the loader has it. */
#include BOARD_MEMORY_MAP
#include "boot/board/virt/flash.h"
#include "monitor/platform.h"

static const struct cfi_intel state = CFI_INTEL(STATE_BASE, NULL);

const struct flash *platform_state_flash(void)
{
	return &state.flash;
}
