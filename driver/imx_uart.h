/* SPDX-License-Identifier: BSD-2-Clause */
/* i.MX's UART at UART_BASE: what driver/console.h has not. */
#ifndef DRIVER_IMX_UART_H
#define DRIVER_IMX_UART_H

/*
 * Wait until all that was printed is on the line, for a tenth of a second at most: a reset of the
 * chip takes what is not.
 */
void imx_uart_drain(void);

#endif
