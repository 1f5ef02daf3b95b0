/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_BOARD_VIRT_CONSOLE_H
#define BOOT_BOARD_VIRT_CONSOLE_H

/* Wait until the last character has left. */
void virt_console_drain(void);

#endif
