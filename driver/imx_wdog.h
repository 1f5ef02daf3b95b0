/* SPDX-License-Identifier: BSD-2-Clause */
/* i.MX's watchdog at WDOG_BASE (i.MX 6Dual/6Quad Reference Manual, 70.5). */
#ifndef DRIVER_IMX_WDOG_H
#define DRIVER_IMX_WDOG_H

/*
 * Begin its time anew, and start it if it does not run yet and @seconds is not 0, for that long, at
 * most 128. Nothing stops it again.
 */
void imx_wdog_feed(unsigned seconds);

/* Reset the chip, at once. */
void imx_wdog_reset(void) __attribute__((noreturn));

#endif
