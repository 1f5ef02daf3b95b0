/* SPDX-License-Identifier: BSD-2-Clause */
/* What the demo has to know of the board that it is made for; memory is divided by memory_map.h. */
#include "boot/board/virt64-secure/memory_map.h"

#define DEMO_BOOTARGS "console=ttyAMA0 panic=-1"
/*
 * SPIs that no device has: Linux hears its peers by them. Tests have three links with
 * each, b's from the first on.
 */
#define DEMO_SPI_B 100
#define DEMO_SPI_C 101
#define TEST_SPI_C 103
