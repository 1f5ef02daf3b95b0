/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>

#include "driver/imx_wdog.h"

#include BOARD_MEMORY_MAP

#define WCR	    (*(volatile uint16_t *)WDOG_BASE)
#define WCR_ENABLE  (1u << 2)
#define WCR_NO_WDOG (1u << 5) /* its pin stays as it is; bit 4, not set, asks for the reset */

void imx_wdog_reset(void)
{
	for (;;)
		WCR = WCR_ENABLE | WCR_NO_WDOG;
}
