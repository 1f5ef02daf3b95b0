# SPDX-License-Identifier: BSD-2-Clause
# With what the loader and the images of 32-bit Arm boards are made, and Linux's side of them.
CROSS_COMPILE ?= arm-none-eabi-
LINUX_CROSS_COMPILE ?= arm-linux-gnueabihf-
DEBIAN_ARCH := armhf
KERNEL ?= armmp
