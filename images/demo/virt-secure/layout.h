/* SPDX-License-Identifier: BSD-2-Clause */
/* What the demo has to know of the board that it is made for; memory is divided by memory_map.h. */
#include "boot/board/virt-secure/memory_map.h"

#define DEMO_BOOTARGS "console=ttyAMA0 panic=-1"
/*
 * SPIs that no device has: Linux hears its peers by them. Tests have three links with
 * each, b's from the first on.
 */
#define DEMO_SPI_B 100
#define DEMO_SPI_C 101
#define TEST_SPI_C 103
/*
 * A second Linux, which the first one loads (second.S): its RAM, from where 128 MiB begin;
 * in it kernel, initrd and tree. Beside it, in the memory of peer c, whose core it runs on, the
 * page that it takes for the interrupt controller's distributor. And the SPI that the first one
 * hears.
 */
#define SECOND_BASE	   0x58000000
#define SECOND_SIZE	   0x04000000
#define SECOND_KERNEL	   0x5a000000
#define SECOND_INITRD	   0x5b000000
#define SECOND_TREE	   0x5bf00000
#define SECOND_DISTRIBUTOR 0x5c201000
#define SECOND_CORE	   3
#define SECOND_SPI	   106
