/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's `virt` machine with its Secure world (secure=on). What is here and not in virt's map is
 * out of the others' reach: flash bank 0, 16 MiB of RAM, a second UART, two GPIO lines.
 */
#ifndef VIRT_SECURE_MEMORY_MAP_H
#define VIRT_SECURE_MEMORY_MAP_H

#include "boot/board/virt/memory_map.h"

#undef GIC_VERSION
#define GIC_VERSION 2

/* Where cores that come out of reset by themselves are told to go on: driver/gicv2_hold.S. */
#define CORE_RELEASE 0x0e03fff8

/* Secure RAM: the loader's data, the monitor, then what contexts are made anew from. */
#define SECURE_RAM_BASE 0x0e000000
#define SECURE_RAM_SIZE 0x01000000
#undef LOADER_RAM_BASE
#undef LOADER_RAM_SIZE
#define LOADER_RAM_BASE	  0x0e000000
#define LOADER_RAM_SIZE	  0x0003f000
#define MONITOR_BASE	  0x0e040000
#define MONITOR_SIZE	  0x00010000
#define MONITOR_CODE_SIZE 0x00003000
#define PRISTINE_BASE	  0x0e100000
#define PRISTINE_SIZE	  0x00700000

/* Which the loader runs in once it writes to the flash that it comes from. */
#undef LOADER_COPY_BASE
#define LOADER_COPY_BASE 0x0ef00000

/* The boot state is where others can't write it: behind the slots, in a MiB of its own. */
#undef STATE_BASE
#define STATE_BASE 0x03f00000

/* Where others leave a boot image for a slot: bank 1, as much as fits a slot. */
#define UPDATE_BASE 0x04000000

/* Peer b is in the Secure world: the safety core. */
#undef PEER_B_BASE
#define PEER_B_BASE 0x0e800000

/* Secure devices: PL011, and the PL061 whose lines 0 and 1 switch power off and reset. */
#define SECURE_UART_BASE 0x09040000
#define SECURE_GPIO_BASE 0x090b0000

#endif
