/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the ELF carries besides this program: payload.S puts it in, the linker script in its place.
 */
#ifndef IMAGES_BOOTSTRAP_PAYLOAD_H
#define IMAGES_BOOTSTRAP_PAYLOAD_H

#include <stdint.h>

#include "base/bytes.h"

#define PAYLOAD(name) extern const uint8_t name##_start[], name##_end[];
PAYLOAD(manifest) /* as the loader's boot image has one: docs/boot-image.md */
PAYLOAD(tree)	  /* Linux's device tree; empty: the board's own */
PAYLOAD(kernel)	  /* at KERNEL_BASE */
PAYLOAD(initrd)	  /* at INITRD_BASE; empty: none */
PAYLOAD(table)	  /* Linux's own resource table, at TABLE_LINUX_BASE */
#undef PAYLOAD

static inline struct bytes payload(const uint8_t *start, const uint8_t *end)
{
	return (struct bytes){ start, (size_t)(end - start) };
}

#endif
