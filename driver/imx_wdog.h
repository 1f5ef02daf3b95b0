/* SPDX-License-Identifier: BSD-2-Clause */
/* i.MX's watchdog at WDOG_BASE (i.MX 6Dual/6Quad Reference Manual, 70.5). */
#ifndef DRIVER_IMX_WDOG_H
#define DRIVER_IMX_WDOG_H

/* Reset the chip, at once. */
void imx_wdog_reset(void) __attribute__((noreturn));

#endif
