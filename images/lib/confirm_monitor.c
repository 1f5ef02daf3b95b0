/* SPDX-License-Identifier: BSD-2-Clause */
/* The boot state is the monitor's. */
#include "images/lib/image.h"
#include "images/lib/life.h"
#include "monitor/slots.h"

bool image_confirm_boot(void)
{
	return image_smc(SLOTS_CONFIRM, 0, 0, 0) == LIFE_OK;
}
