/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory for what is made of a boot image before its plan holds: what was compressed, trees that
 * are changed or moved. It is the loader's own while it loads, nobody's place: what a context gets
 * is copied from here when the plan has been checked. What is used of it is claimed.
 */
#ifndef BOOT_STAGING_H
#define BOOT_STAGING_H

#include "base/bytes.h"
#include "base/error.h"

struct staging {
	uint8_t *data; /* at a multiple of 8 */
	size_t size, used;
};

/* Where the next that is made lies, and how much room there is. It is kept by staging_take(). */
uint8_t *staging_next(const struct staging *s, size_t *room);

/* @size bytes, at a multiple of 8, for @what; NULL and E_STAGING_FULL if they are not there. */
uint8_t *staging_take(struct staging *s, size_t size, struct error *e);

#endif
