/* SPDX-License-Identifier: BSD-2-Clause */
/* An image's own table made anew, from the copy that the loader has kept. */
#include <string.h>

#include "base/range.h"
#include "images/lib/table.h"

#include BOARD_MEMORY_MAP

struct piece {
	uint16_t start, end; /* in struct image_table */
};
#define PIECE(from, to)                                                              \
	{                                                                            \
		offsetof(struct image_table, from), offsetof(struct image_table, to) \
	}
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What stays as it is, in between, belongs to all who take part: status, features, sessions. */
#define VDEV(n)                                                      \
	PIECE(vdev[n].vdev.type, vdev[n].vdev.gfeatures),            \
		PIECE(vdev[n].vdev.config_len, vdev[n].vdev.status), \
		PIECE(vdev[n].vdev.num_of_vrings, vdev[n].vring[2])
#define LINK(n) PIECE(link[n].type, link[n].session), PIECE(link[n].doorbell, link[n].name[2])

static const struct piece restored[] = {
	PIECE(head, vdev[0]),
	VDEV(0),
	VDEV(1),
	VDEV(2),
	PIECE(trace, link[0]),
	LINK(0),
	LINK(1),
	LINK(2),
	LINK(3),
	LINK(4),
	LINK(5),
};

/* One link's part, status and features included. */
#define LAID_OUT(n)                                            \
	{                                                      \
		PIECE(vdev[n].vdev, vdev[n].vring[2]), LINK(n) \
	}

static const struct piece laid_out[IMAGE_VDEVS][3] = { LAID_OUT(0), LAID_OUT(1), LAID_OUT(2) };

static void copy(volatile struct image_table *table, const struct image_table *from,
		 const struct piece *piece, size_t count)
{
	for (size_t i = 0; i < count; i++, piece++)
		memcpy((uint8_t *)(uintptr_t)table + piece->start,
		       (const uint8_t *)from + piece->start, (size_t)(piece->end - piece->start));
}

/* The copy that link number @n names, if it can be one. */
static const struct image_table *pristine(const volatile struct image_table *table, unsigned n)
{
	const struct range record = { RECORD_BASE, RECORD_SIZE };
	uint64_t base = table->link[n].pristine;
	const struct image_table *t = (const void *)(uintptr_t)base;
	struct range r;

	if (!base || base % 8 || !range_make(&r, base, sizeof(*t)) ||
	    !range_contains(&record, &r) || t->head.ver != RESOURCE_TABLE_VERSION)
		return NULL;
	return t;
}

bool image_table_restore(volatile struct image_table *table)
{
	/*
	 * By the first link that we own; the others lie in tables of others, and their copies too.
	 */
	for (unsigned n = 0; n < IMAGE_VDEVS; n++) {
		const struct image_table *from = pristine(table, n);

		if (!from)
			continue;
		copy(table, from, restored, COUNT(restored));
		return true;
	}
	return false;
}

bool image_table_lay_out(volatile struct image_table *table, unsigned n)
{
	const struct image_table *from = pristine(table, n);

	if (from)
		copy(table, from, laid_out[n], COUNT(laid_out[n]));
	return from;
}
