/* SPDX-License-Identifier: BSD-2-Clause */
/* An image's own table after a restart, from the copy that the loader has kept. */
#include <string.h>

#include "base/range.h"
#include "images/lib/table.h"

#include BOARD_MEMORY_MAP

/* Pieces of the table that only loader and master fill in, and that the others then read. */
#define UP_TO(from, to)                                                              \
	{                                                                            \
		offsetof(struct image_table, from), offsetof(struct image_table, to) \
	}
#define VDEV(n)                                                      \
	UP_TO(vdev[n].vdev.type, vdev[n].vdev.gfeatures),            \
		UP_TO(vdev[n].vdev.config_len, vdev[n].vdev.status), \
		UP_TO(vdev[n].vdev.num_of_vrings, vdev[n].vring[2])
#define LINK(n) UP_TO(link[n].type, link[n].session), UP_TO(link[n].doorbell, link[n].name[2])

static const struct {
	uint16_t start, end;
} kept[] = {
	UP_TO(head, vdev[0]),
	VDEV(0),
	VDEV(1),
	VDEV(2),
	UP_TO(trace, link[0]),
	LINK(0),
	LINK(1),
	LINK(2),
	LINK(3),
	LINK(4),
	LINK(5),
};

/* By the first link that we own; the others lie in tables of others, and their copies too. */
static const struct image_table *find_pristine(const volatile struct image_table *table)
{
	const struct range record = { RECORD_BASE, RECORD_SIZE };

	for (unsigned n = 0; n < IMAGE_VDEVS; n++) {
		uint64_t base = table->link[n].pristine;
		struct range r;

		if (base && base % 8 == 0 && range_make(&r, base, sizeof(*table)) &&
		    range_contains(record, r))
			return (const void *)(uintptr_t)base;
	}
	return NULL;
}

bool image_table_restore(volatile struct image_table *table)
{
	const struct image_table *pristine = find_pristine(table);

	if (!pristine || pristine->head.ver != RESOURCE_TABLE_VERSION)
		return false;
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		memcpy((uint8_t *)(uintptr_t)table + kept[i].start,
		       (const uint8_t *)pristine + kept[i].start,
		       (size_t)(kept[i].end - kept[i].start));
	return true;
}
