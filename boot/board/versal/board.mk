# SPDX-License-Identifier: BSD-2-Clause
# AMD's Versal as QEMU has it: two Cortex-A72, which the loader and Linux run on, and two Cortex-R5F. The cpu
# flags hold for the loader.
BOARD_ARCH := armv8-a
BOARD_DRIVERS := block_flash generic_timer_a64 gic gicv3 pl011 pl011_out_a64 psci sdhci versal_rpu
# Images are for the R5s.
BOARD_IMAGE_ARCH := armv7-r
BOARD_IMAGE_CFLAGS := -mcpu=cortex-r5+nofp.dp -mfloat-abi=hard -mthumb
BOARD_IMAGE_DRIVERS := adma pmccntr
# Of other boards' folders: the card, and PSCI for power.
BOARD_SHARES := sabrelite/card.c virt/power.c
BOARD_CFLAGS := -mcpu=cortex-a72 -mcmodel=tiny
# No loader of this board is without: Linux is an arm64 Image, compressed to be read from a card faster; R5s are
# another cluster.
BOARD_FEATURES := adma arm64 clusters decompression devices fast_hash late_unpack resets views
# Linux's side is as there: of the tests, those are run that need what that has not, peers' links among them.
BOARD_IS_LIKE := virt64
BOARD_LACKS := helpers monitor bootstrap master second stm32
# Images lie behind the FIT's tree, and are read from the card once.
BOARD_FIT_FLAGS := -E -B 8
# Of the kernel's package: the card's driver.
BOARD_MODULES := sdhci_of_arasan
# Limits, as for virt64, with room for that.
BOARD_SMALL_FLASH_LIMIT := 106496
BOARD_FLASH_LIMIT := 122880
BOARD_SLOTS_FLASH_LIMIT := 118784
BOARD_FULL_FLASH_LIMIT := 155648
BOARD_RAM_LIMIT := 262144
