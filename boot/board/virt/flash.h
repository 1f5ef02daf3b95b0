/* SPDX-License-Identifier: BSD-2-Clause */
/* The flash of QEMU's virt machine: for the loader, and for a monitor. */
#ifndef BOARD_VIRT_FLASH_H
#define BOARD_VIRT_FLASH_H

#include "driver/cfi_intel.h"
#include "driver/clock.h"

#define FREQUENCY 62500000 /* of the counter, Hz */

/*
 * A struct cfi_intel from @address on. A write gets 10 ms, ten times what Intel's P30 takes for the
 * KiB of its buffer; an erase 5 s, twice what it and J3 need at worst.
 */
#define CFI_INTEL(address, words)                                                     \
	{                                                                             \
		.flash = { FLASH_SECTOR_SIZE, cfi_intel_read, cfi_intel_write, words, \
			   cfi_intel_erase },                                         \
		.base = (volatile uint32_t *)(address), .ticks = clock_ticks,         \
		.write_limit = FREQUENCY / 100, .erase_limit = FREQUENCY * 5ull,      \
	}

#endif
