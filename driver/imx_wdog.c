/* SPDX-License-Identifier: BSD-2-Clause */
/* i.MX's watchdog at WDOG_BASE, for a reset of all (i.MX 6Dual/6Quad Reference Manual, 70.5). */
#include <stdint.h>

#include "driver/power.h"

#include BOARD_MEMORY_MAP

#define WCR	    (*(volatile uint16_t *)WDOG_BASE)
#define WCR_ENABLE  (1u << 2)
#define WCR_NO_WDOG (1u << 5) /* its pin stays as it is; bit 4, not set, asks for the reset */

void board_reset(void)
{
	for (;;)
		WCR = WCR_ENABLE | WCR_NO_WDOG;
}
