/* SPDX-License-Identifier: BSD-2-Clause */
/* What the demo has to know of the board that it is made for; memory is divided by memory_map.h. */
#include "boot/board/versal/memory_map.h"

#define DEMO_BOOTARGS "console=ttyAMA0 panic=-1"
/*
 * SPIs that no device has: Linux hears its peers by them. Tests have three links with
 * each, b's from the first on.
 */
#define DEMO_SPI_B 150
#define DEMO_SPI_C 151
#define TEST_SPI_C 153
