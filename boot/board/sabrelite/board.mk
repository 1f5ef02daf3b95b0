# SPDX-License-Identifier: BSD-2-Clause
# Boundary Devices' SABRE Lite: i.MX 6Quad, four Cortex-A9. The cpu flags hold for loader and images.
BOARD_ARCH := armv7-a
# Of driver/, what the loader has built in.
BOARD_DRIVERS := gicv2 global_timer imx_src imx_uart_out
# And the images.
BOARD_IMAGE_DRIVERS := global_timer
# One cluster; no flash that the loader could write to, nor that a master could find Linux in.
BOARD_LACKS := bootstrap clusters master recovery slots
# Of the kernel's package.
BOARD_TREE := imx6q-sabrelite.dtb
BOARD_CFLAGS := -mcpu=cortex-a9 -mfpu=neon -mfloat-abi=hard -mthumb
# What the loader may take at most: without features, with those by default, with all that it can have;
# `make size` compares.
BOARD_SMALL_FLASH_LIMIT := 53248
BOARD_FLASH_LIMIT := 65536
BOARD_FULL_FLASH_LIMIT := 106496
BOARD_RAM_LIMIT := 262144
