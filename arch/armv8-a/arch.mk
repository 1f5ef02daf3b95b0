# SPDX-License-Identifier: BSD-2-Clause
# With what the loader and the images of AArch64 boards are made, and Linux's side of them. Debian
# has no newlib for bare-metal AArch64, but picolibc, for the compiler that Linux's programs have.
CROSS_COMPILE ?= aarch64-linux-gnu-
LINUX_CROSS_COMPILE ?= aarch64-linux-gnu-
DEBIAN_ARCH := arm64
KERNEL_DEFAULT := arm64
KERNEL ?= $(KERNEL_DEFAULT)

PICOLIBC ?= /usr/lib/picolibc/aarch64-linux-gnu
# Nothing of Linux's C library, nor of what that compiler does for it unasked.
ARCH_BARE := -fno-pie -mno-outline-atomics -fno-asynchronous-unwind-tables
ARCH_CFLAGS = -nostdinc -isystem $(GCC_INCLUDES) -isystem $(PICOLIBC)/include $(ARCH_BARE)
GCC_INCLUDES = $(eval GCC_INCLUDES := $(shell $(TARGET_CC) -print-file-name=include))$(GCC_INCLUDES)
# A GOT of the libraries' is read-only data in flash.
ARCH_LDFLAGS := -nostdlib -Wl,--no-warn-rwx-segments -Wl,--build-id=none
ARCH_LIBS := $(PICOLIBC)/lib/libc.a -lgcc

# Of a monitor, which runs without an MMU, and is small.
ARCH_MONITOR_CFLAGS := -mstrict-align -mcmodel=tiny

# Linux: its name of the architecture and a FIT's, and the kernel as it is in a boot image.
KERNEL_ARCH := arm64
FIT_ARCH := arm64
LINUX_KERNEL ?= Image.gz
LINUX_COMPRESSION ?= gzip
# What Debian's arm64 kernels have not been configured with.
LINUX_LACKING := virtio_rpmsg_bus rpmsg_ns rpmsg_char rpmsg_ctrl rpmsg_tty
