/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/staging.h"

uint8_t *staging_next(const struct staging *s, size_t *room)
{
	*room = s->size - s->used;
	return s->data + s->used;
}

uint8_t *staging_take(struct staging *s, size_t size, struct error *e)
{
	size_t room;
	uint8_t *data = staging_next(s, &room);

	if (size > room) {
		error_set(e, E_STAGING_FULL, "0x%zx bytes, 0x%zx are left of 0x%zx to unpack to",
			  size, room, s->size);
		return NULL;
	}
	size = (size + 7) & ~(size_t)7;
	s->used += size < room ? size : room;
	return data;
}
