# SPDX-License-Identifier: BSD-2-Clause
# With what bare-metal images of this architecture are made: the loader's compiler and library.
IMAGE_CROSS_COMPILE ?= aarch64-linux-gnu-
ARCH_IMAGE_CFLAGS = $(ARCH_CFLAGS)
# Of images/lib/, what stands between an image and its C library.
ARCH_LIBC := picolibc
# Of arch/, what images have from the loader.
ARCH_IMAGE_SRC := $(addprefix armv8-a/,exception.c exception_entry.S map.c memcpy.S)
ARCH_IMAGE_LDFLAGS = $(ARCH_LDFLAGS)
ARCH_IMAGE_LIBS = $(ARCH_LIBS)
IMAGE_FIT_ARCH := arm64
