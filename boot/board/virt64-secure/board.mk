# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with 64-bit cores that come at EL3. The cpu flags hold for loader, monitor and images.
BOARD_ARCH := armv8-a
BOARD_DRIVERS := cfi_intel generic_timer_a64 gic gicv2 gicv3 gic_hold_a64 gic_secure gicv2_secure gicv3_secure_a64 pl011 pl011_out_a64 pl061
BOARD_MONITOR_DRIVERS := cfi_intel generic_timer_a64 gic_secure gicv2_secure gicv3 gicv3_secure_a64 pl061
BOARD_IMAGE_DRIVERS := cfi_intel generic_timer_a64 gic gicv2 gicv3
# Another board but for what it alone has: of the tests, those that need that are its own.
BOARD_IS_LIKE := virt64
# Of other boards' folders: the same flash, the same power.
BOARD_SHARES := virt/flash.c virt-secure/flash.c virt-secure/power.c
BOARD_MONITOR_SHARES := virt-secure/monitor/flash.c virt-secure/monitor/power.c
BOARD_CFLAGS := -mcpu=cortex-a53
# No loader of this board is without: as virt64's, and nobody else starts cores.
BOARD_FEATURES := arm64 decompression fast_hash late_unpack monitor
BOARD_LACKS := adma helpers bootstrap master second resets stm32 views
# The monitor unpacks it again from flash: Secure RAM has no room for all of it.
LINUX_KERNEL := Image.lz4
LINUX_COMPRESSION := lz4
# Limits, as for virt64, with room for the monitor's code in it.
BOARD_SMALL_FLASH_LIMIT := 122880
BOARD_FLASH_LIMIT := 131072
BOARD_SLOTS_FLASH_LIMIT := 131072
BOARD_FULL_FLASH_LIMIT := 172032
BOARD_RAM_LIMIT := 258048
# What stays in Secure RAM: code and constants.
BOARD_MONITOR_LIMIT := 12288
