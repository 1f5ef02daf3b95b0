# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with 64-bit cores. The cpu flags hold for loader and images.
BOARD_ARCH := armv8-a
BOARD_DRIVERS := cfi_intel generic_timer_a64 gic gicv2 gicv3 pl011 pl011_out_a64 psci
BOARD_IMAGE_DRIVERS := cfi_intel generic_timer_a64 gic gicv2 gicv3
# Of another board's folder: the same flash, and PSCI for cores and power.
BOARD_SHARES := virt/cores.c virt/flash.c virt/power.c
BOARD_CFLAGS := -mcpu=cortex-a53
# No loader of this board is without: Linux is an arm64 Image, and fits a slot only compressed.
BOARD_FEATURES := arm64 decompression fast_hash late_unpack
# Programs made of the loader's code, which are for 32-bit cores; and all see memory as the loader does.
BOARD_LACKS := adma monitor bootstrap master second resets stm32 views
# Limits, as for virt, with room for longer instructions and those features.
BOARD_SMALL_FLASH_LIMIT := 106496
BOARD_FLASH_LIMIT := 114688
BOARD_SLOTS_FLASH_LIMIT := 114688
BOARD_FULL_FLASH_LIMIT := 155648
BOARD_RAM_LIMIT := 262144
