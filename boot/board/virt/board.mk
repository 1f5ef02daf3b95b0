# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with Cortex-A15 cores. The cpu flags hold for loader and images.
BOARD_ARCH := armv7-a
# Of driver/, what the loader has built in.
BOARD_DRIVERS := cfi_intel generic_timer gic gicv2 gicv3 pl011 pl011_out psci
# And the images.
BOARD_IMAGE_DRIVERS := cfi_intel generic_timer gic gicv2 gicv3
BOARD_CFLAGS := -mcpu=cortex-a15 -mfpu=neon-vfpv4 -mfloat-abi=hard -mthumb
# Features that it has nothing for: its cores see memory as the loader does.
BOARD_LACKS := adma late_unpack monitor second resets views
# What the loader may take at most: without features, with those by default, with slots and overlays, with
# all of them; `make size` compares.
BOARD_SMALL_FLASH_LIMIT := 49152
BOARD_FLASH_LIMIT := 69632
BOARD_SLOTS_FLASH_LIMIT := 57344
BOARD_FULL_FLASH_LIMIT := 98304
BOARD_RAM_LIMIT := 262144
