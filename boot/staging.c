/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/staging.h"

uint8_t *staging_next(const struct staging *s, size_t *room)
{
	*room = s->size - s->used;
	return s->data + s->used;
}

static bool fits(size_t size, size_t room, size_t all, struct error *e)
{
	if (size > room)
		error_set(e, E_STAGING_FULL, "0x%zx bytes, 0x%zx of 0x%zx are left", size, room,
			  all);
	return size <= room;
}

uint8_t *staging_take(struct staging *s, size_t size, struct error *e)
{
	size_t room;
	uint8_t *data = staging_next(s, &room);

	if (!fits(size, room, s->size, e))
		return NULL;
	size = (size + 7) & ~(size_t)7;
	s->used += size < room ? size : room;
	return data;
}

static int copy(uint8_t *to, struct bytes *bytes, struct error *e)
{
	if (!bytes_copy_all(bytes, to))
		return error_set(e, E_STORAGE_READ, "0x%zx bytes can't be read", bytes->size);
	bytes->data = to;
	return 0;
}

int staging_copy(struct staging *s, struct bytes *bytes, struct error *e)
{
	uint8_t *to = staging_take(s, bytes->size, e);

	return to ? copy(to, bytes, e) : e->code;
}

int staging_copy_to_end(uint8_t *to, size_t *room, struct bytes *bytes, struct error *e)
{
	if (!fits(bytes->size, *room, *room, e))
		return e->code;
	*room -= bytes->size;
	return copy(to + *room, bytes, e);
}
