# SPDX-License-Identifier: BSD-2-Clause
#
# Kinds of doorbells. What the loader and the host's command have of them; beside their drivers, what
# images need of the processor; and what the Linux module is made of.

DOORBELL_SRC := $(addprefix doorbell/,gic.c gic_user.c ipcc.c kind.c)
DOORBELL_IMAGE_SRC := $(wildcard arch/$(BOARD_IMAGE_ARCH)/gic.c)
DOORBELL_LINUX_SRC := $(wildcard doorbell/linux/*.c)
