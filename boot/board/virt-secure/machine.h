/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * As boot/board/virt/machine.h, with what boards of that machine have alike in its Secure world.
 */
#ifndef BOARD_VIRT_SECURE_MACHINE_H
#define BOARD_VIRT_SECURE_MACHINE_H

#include "boot/board/virt/machine.h"

static const struct board_secure secure = {
	.ram = { SECURE_RAM_BASE, SECURE_RAM_SIZE },
	.pristine = { PRISTINE_BASE, PRISTINE_SIZE },
};

/* clang-format off */
/* The loader's data may go when Linux runs; the monitor stays. */
#define VIRT_SECURE_CLAIMS                                           \
	VIRT_CLAIM,                                                  \
	{ "code", { LOADER_COPY_BASE, LOADER_SIZE }, CLAIM_LOADING }, \
	{ "monitor", { MONITOR_BASE, MONITOR_SIZE }, CLAIM_ALWAYS }, \
	{ "pristine copies", { PRISTINE_BASE, PRISTINE_SIZE }, CLAIM_ALWAYS }

#define VIRT_SECURE_MAPS                              \
	VIRT_MAPS,                                    \
	{ { STATE_BASE, LOADER_SIZE }, MAP_DEVICE }, \
	{ { SECURE_RAM_BASE, SECURE_RAM_SIZE }, MAP_RAM }

#define VIRT_SECURE_BOARD VIRT_BOARD, .secure = &secure
/* clang-format on */

#endif
