/* SPDX-License-Identifier: BSD-2-Clause */
#include "resource_table/place.h"

bool place_overlaps(const struct link_part *a, const struct link_part *b)
{
	if (!a->size || !b->size)
		return false;
	return a->base - b->base < b->size || b->base - a->base < a->size;
}

bool place_find(const struct range *memory, uint32_t size, uint32_t align, place_meets_t *meets,
		const void *arg, struct link_part *place)
{
	uint64_t room = PLACE_LIMIT - memory->base;
	uint32_t at = (uint32_t)memory->base, last;

	if (memory->base >= PLACE_LIMIT || !memory->size)
		return false;
	last = (uint32_t)(memory->base + (memory->size < room ? memory->size : room) - 1);
	if (align < PLACE_PAGE)
		align = PLACE_PAGE;
	place->size = place_size(size);
	if (!place->size)
		return false;
	/* Each pass ends or moves past something that was met, so it ends. */
	do {
		place->base = (at + align - 1) & ~(align - 1);
		if (place->base < at || place->base > last || place->size - 1 > last - place->base)
			return false;
		if (!meets(arg, place, &at))
			return true;
	} while (at++ != UINT32_MAX);
	return false;
}
