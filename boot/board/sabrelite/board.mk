# SPDX-License-Identifier: BSD-2-Clause
# Boundary Devices' SABRE Lite: i.MX 6Quad, four Cortex-A9. The cpu flags hold for loader and images.
BOARD_ARCH := armv7-a
# Of driver/, what the loader has built in.
BOARD_DRIVERS := block_flash gic gicv2 global_timer imx_src imx_uart imx_uart_out imx_wdog sdhci
# And the images.
BOARD_IMAGE_DRIVERS := gic gicv2 global_timer
# How many seconds its watchdog counts at most.
BOARD_WATCHDOG := 128
# Its cores see memory as the loader does; and nothing memory-mapped is there that a master could find Linux in.
BOARD_LACKS := adma helpers late_unpack monitor bootstrap master second resets views
# Images lie behind the FIT's tree, and are read from the card once.
BOARD_FIT_FLAGS := -E -B 8
# Of the kernel's package: its tree, and modules for the card.
BOARD_TREE := imx6q-sabrelite.dtb
BOARD_MODULES := gpio_mxc sdhci_esdhc_imx imx2_wdt
BOARD_CFLAGS := -mcpu=cortex-a9 -mfpu=neon -mfloat-abi=hard -mthumb
# What the loader may take at most: without features, with those by default, with slots and overlays, with
# all; `make size` compares.
BOARD_SMALL_FLASH_LIMIT := 57344
BOARD_FLASH_LIMIT := 73728
BOARD_SLOTS_FLASH_LIMIT := 65536
BOARD_FULL_FLASH_LIMIT := 106496
BOARD_RAM_LIMIT := 262144
