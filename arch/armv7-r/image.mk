# SPDX-License-Identifier: BSD-2-Clause
# With what bare-metal images of this architecture are made.
IMAGE_CROSS_COMPILE ?= arm-none-eabi-
# Of images/lib/, what stands between an image and its C library.
ARCH_LIBC := newlib
# Of arch/, what images have beside this folder's image/.
ARCH_IMAGE_SRC := armv7-a/exception.c armv7-a/exception_entry.S armv7-a/image/restart.S armv7-a/image/smc.S armv7-r/map.c armv7-r/mpu.c
ARCH_IMAGE_LDFLAGS := --specs=nano.specs
IMAGE_FIT_ARCH := arm
