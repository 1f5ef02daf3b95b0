/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>

#include "driver/imx_wdog.h"

#include BOARD_MEMORY_MAP

#define WCR	   (*(volatile uint16_t *)WDOG_BASE)
#define WCR_ENABLE (1u << 2)
/* Each, if 0, asks for something at once: the chip's reset, a signal at the watchdog's pin. */
#define WCR_NO_RESET	  (1u << 4)
#define WCR_NO_SIGNAL	  (1u << 5)
#define WCR_TIME(seconds) ((2 * (seconds)-1) << 8) /* in half seconds, the first of them is 0 */

#define WSR (*(volatile uint16_t *)(WDOG_BASE + 2))

/* Until it is cleared, the watchdog pulls its pin 16 s after power-on. */
#define WMCR (*(volatile uint16_t *)(WDOG_BASE + 8))

void imx_wdog_feed(unsigned seconds)
{
	if (seconds && !(WCR & WCR_ENABLE)) {
		WCR = (uint16_t)(WCR_TIME(seconds) | WCR_NO_SIGNAL | WCR_NO_RESET);
		WCR = (uint16_t)(WCR_TIME(seconds) | WCR_NO_SIGNAL | WCR_NO_RESET | WCR_ENABLE);
		WMCR = 0;
	}
	WSR = 0x5555;
	WSR = 0xaaaa;
}

void imx_wdog_reset(void)
{
	for (;;)
		WCR = WCR_ENABLE | WCR_NO_SIGNAL;
}
