/* SPDX-License-Identifier: BSD-2-Clause */
/* First-fit placing for the fillers of resource tables. Internal to resource_table/. */
#ifndef RESOURCE_TABLE_PLACE_H
#define RESOURCE_TABLE_PLACE_H

#include "base/range.h"

#define PLACE_PAGE 4096u /* Linux maps, and a remoteproc master sizes, by pages */

/* @size in whole pages. */
static inline uint64_t place_size(uint32_t size)
{
	return ((uint64_t)size + PLACE_PAGE - 1) & ~(uint64_t)(PLACE_PAGE - 1);
}

/*
 * The first place of @size bytes at a multiple of the power of two @align inside @memory that
 * meets none of the @count ranges @taken and ends below 4 GiB, as a table's 32-bit words demand.
 * @size and @align are made page multiples. false, and nothing written, if there is none.
 */
bool place_find(const struct range *memory, uint32_t size, uint32_t align,
		const struct range *taken, unsigned count, struct range *place);

#endif
