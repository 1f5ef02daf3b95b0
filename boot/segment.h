/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From parsed segments to memory. With boot/image/, base/ and arch/arch.h's arch_pointer() and
 * arch_clean() this is all that a program takes to load an ELF: nothing here knows of plans,
 * FITs or consoles.
 */
#ifndef BOOT_SEGMENT_H
#define BOOT_SEGMENT_H

#include "boot/image/image.h"

/*
 * Write what @s wants of @data, a copy of the @size bytes at @source of the image: nothing, if it
 * wants none of them. In pieces of any size, in any order; segment_finish() is to follow.
 */
void segment_write(const struct segment *s, const uint8_t *source, const uint8_t *data,
		   size_t size);

/* Zero what the image's file has no bytes for, and have all of it in RAM, not only in a cache. */
void segment_finish(const struct segment *s);

/*
 * All segments of a parsed image, from its data. Whether they may go where they want is the
 * caller's to check before: boot/plan/claim.h.
 */
void image_write(const struct image *image);

#endif
