# SPDX-License-Identifier: BSD-2-Clause
# With what the loader and the images of 32-bit Arm boards are made, and Linux's side of them.
CROSS_COMPILE ?= arm-none-eabi-
LINUX_CROSS_COMPILE ?= arm-linux-gnueabihf-
DEBIAN_ARCH := armhf
KERNEL_DEFAULT := armmp
KERNEL ?= $(KERNEL_DEFAULT)

# Nothing that a compiler for Linux does unasked, so that it will do, too; and nobody's C library.
ARCH_CFLAGS := -fno-pie -fno-stack-protector -fno-asynchronous-unwind-tables -fno-unwind-tables
ARCH_LDFLAGS := -nostdlib -Wl,--no-warn-rwx-segments -Wl,--build-id=none
ARCH_LIBS := -lgcc

# Of a monitor, which runs without an MMU.
ARCH_MONITOR_CFLAGS := -mno-unaligned-access
# Programs in RAM that are made of the loader's code.
ARCH_PROGRAMS := bootstrap master second

# Linux: its name of the architecture and a FIT's, and the kernel as it is in a boot image.
KERNEL_ARCH := arm
FIT_ARCH := arm
LINUX_KERNEL := zImage
LINUX_COMPRESSION := none
