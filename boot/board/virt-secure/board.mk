# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with Cortex-A15 cores that come in Secure state. The cpu flags hold for loader, monitor
# and images.
BOARD_ARCH := armv7-a
BOARD_DRIVERS := cfi_intel generic_timer gic gicv2 gicv2_hold gic_secure gicv2_secure pl011 pl011_out pl061
BOARD_MONITOR_DRIVERS := cfi_intel generic_timer gic_secure gicv2_secure pl061
BOARD_IMAGE_DRIVERS := cfi_intel generic_timer gic gicv2
# Another board but for what it alone has: of the tests, those that need that are its own.
BOARD_IS_LIKE := virt
# Of another board's folder: the same flash.
BOARD_SHARES := virt/flash.c
BOARD_CFLAGS := -mcpu=cortex-a15 -mfpu=neon-vfpv4 -mfloat-abi=hard -mthumb
# No loader of this board is without: nobody else starts cores.
BOARD_FEATURES := monitor
BOARD_LACKS := adma helpers late_unpack bootstrap master resets views
# Limits, as for virt, with room for the monitor's code in it.
BOARD_SMALL_FLASH_LIMIT := 65536
BOARD_FLASH_LIMIT := 81920
BOARD_SLOTS_FLASH_LIMIT := 73728
BOARD_FULL_FLASH_LIMIT := 114688
BOARD_RAM_LIMIT := 258048
# What stays in Secure RAM: code and constants.
BOARD_MONITOR_LIMIT := 12288
