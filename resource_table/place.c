/* SPDX-License-Identifier: BSD-2-Clause */
#include "resource_table/place.h"

bool place_find(const struct range *memory, uint32_t size, uint32_t align,
		const struct range *taken, unsigned count, struct range *place)
{
	const struct range addressable = { 0, (uint64_t)1 << 32 };
	struct range r = { memory->base, place_size(size) };
	unsigned i;

	if (align < PLACE_PAGE)
		align = PLACE_PAGE;
	/* Each pass ends or moves past one taken range, so it ends. */
	do {
		if (r.base >> 32) /* below, no sum wraps */
			return false;
		r.base = (r.base + align - 1) & ~((uint64_t)align - 1);
		if (!range_contains(memory, &r) || !range_contains(&addressable, &r))
			return false;
		i = 0;
		while (i < count && !range_overlaps(&r, &taken[i]))
			i++;
		if (i < count)
			r.base = range_end(taken[i]);
	} while (i < count);
	*place = r;
	return true;
}
