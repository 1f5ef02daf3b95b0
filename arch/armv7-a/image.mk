# SPDX-License-Identifier: BSD-2-Clause
# With what bare-metal images of this architecture are made.
IMAGE_CROSS_COMPILE ?= arm-none-eabi-
# Of images/lib/, what stands between an image and its C library.
ARCH_LIBC := newlib
# Of arch/, what images have from the loader.
ARCH_IMAGE_SRC := $(addprefix armv7-a/,cache.S exception.c exception_entry.S map.c memcpy.S)
ARCH_IMAGE_LDFLAGS := --specs=nano.specs
IMAGE_FIT_ARCH := arm
