/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Boot images in storage that isn't memory-mapped: it is read through a window of addresses
 * (base/bytes.h), so that who reads a boot image does not know where it lies.
 */
#ifndef BOOT_STORAGE_H
#define BOOT_STORAGE_H

#include "base/bytes.h"
#include "base/error.h"
#include "driver/storage.h"

/* The first bytes of @s are those of @window from now on, which is no memory. */
void storage_open(const struct storage *s, struct bytes window);

int storage_take_failure(struct error *e);

/*
 * Has a read failed since this was asked last? Then @e becomes the error of the first one that
 * has, whatever came of it; nothing was read since. Returns @e's code. Whoever does a piece of work
 * for one context, or for all, asks at its end.
 */
BYTES_INLINE int storage_failed(struct error *e)
{
	return bytes_window ? storage_take_failure(e) : e->code;
}

#endif
