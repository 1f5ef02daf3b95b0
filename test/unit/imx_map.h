/* SPDX-License-Identifier: BSD-2-Clause */
/* A memory map whose UART is an array of the test's. */
extern volatile uint32_t imx_uart[64];

#define UART_BASE ((uintptr_t)imx_uart)
