/* SPDX-License-Identifier: BSD-2-Clause */
/* First-fit placing for the fillers of resource tables. Internal to resource_table/. */
#ifndef RESOURCE_TABLE_PLACE_H
#define RESOURCE_TABLE_PLACE_H

#include "base/range.h"
#include "resource_table/link_layout.h"

#define PLACE_PAGE  4096u		/* Linux maps, and a remoteproc master sizes, by pages */
#define PLACE_LIMIT ((uint64_t)1 << 32) /* a table's words have 32 bits */

/* @size in whole pages; 0 if it is more than 32 bits hold. */
static inline uint32_t place_size(uint32_t size)
{
	return (size + PLACE_PAGE - 1) & ~(PLACE_PAGE - 1);
}

/* Does @part end past 4 GiB? Only what does not may be asked for its last byte. */
static inline bool place_wraps(const struct link_part *part)
{
	return part->base && part->size > -part->base;
}

bool place_overlaps(const struct link_part *a, const struct link_part *b);

/*
 * The first place of @size bytes at a multiple of the power of two @align inside @memory
 * that ends below 4 GiB, as a table's words demand, and meets nothing: @meets() sets @last to the
 * last byte of something that it meets, or returns false. @size and @align are made page multiples.
 * false, and @place undefined, if there is none; there is none for 0 bytes.
 */
typedef bool place_meets_t(const void *arg, const struct link_part *place, uint32_t *last);
bool place_find(const struct range *memory, uint32_t size, uint32_t align, place_meets_t *meets,
		const void *arg, struct link_part *place);

#endif
