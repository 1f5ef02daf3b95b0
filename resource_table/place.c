/* SPDX-License-Identifier: BSD-2-Clause */
#include "resource_table/place.h"

bool place_find(struct range memory, uint64_t size, uint64_t align, const struct range *taken,
		unsigned count, struct range *place)
{
	struct range r = { .base = memory.base };
	const struct range addressable = { 0, (uint64_t)1 << 32 };

	if (align < PLACE_PAGE)
		align = PLACE_PAGE;
	if (!align_up_checked(size, PLACE_PAGE, &r.size))
		return false;
	/* Each pass ends or moves past one taken range, so it ends. */
	for (unsigned i = 0; i <= count;) {
		if (i == 0 && !align_up_checked(r.base, align, &r.base))
			return false;
		if (!range_contains(&memory, &r) || !range_contains(&addressable, &r))
			return false;
		if (i == count) {
			*place = r;
			return true;
		}
		if (range_overlaps(&r, &taken[i])) {
			if (!add_checked(taken[i].base, taken[i].size, &r.base))
				return false;
			i = 0;
		} else {
			i++;
		}
	}
	return false;
}
