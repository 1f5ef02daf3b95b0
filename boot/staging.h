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
	size_t kept; /* of what is used, what every plan of the boot image needs: its tree */
};

/* Where the next that is made lies, and how much room there is. It is kept by staging_take(). */
uint8_t *staging_next(const struct staging *s, size_t *room);

/* @size bytes, at a multiple of 8, for @what; NULL and E_STAGING_FULL if they are not there. */
uint8_t *staging_take(struct staging *s, size_t size, struct error *e);

/*
 * Have @bytes, those in the window, in memory: copied to @s, to be kept, or to the end of the @room
 * at @to, which is less by that then. E_STAGING_FULL, E_STORAGE_READ.
 */
int staging_copy(struct staging *s, struct bytes *bytes, struct error *e);
int staging_copy_to_end(uint8_t *to, size_t *room, struct bytes *bytes, struct error *e);

/* The same for bytes that may be in memory already. */
BYTES_INLINE int staging_hold(struct staging *s, struct bytes *bytes, struct error *e)
{
	return bytes_are_in_window(bytes) ? staging_copy(s, bytes, e) : 0;
}

BYTES_INLINE int staging_borrow(uint8_t *to, size_t *room, struct bytes *bytes, struct error *e)
{
	return bytes_are_in_window(bytes) ? staging_copy_to_end(to, room, bytes, e) : 0;
}

#endif
