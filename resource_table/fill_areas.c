/* SPDX-License-Identifier: BSD-2-Clause */
#include "resource_table/place.h"
#include "resource_table/table.h"

/* The area of entry @i; its base is RESOURCE_ANY if it has none yet. false: it has no area. */
static bool read_area(const struct table *t, unsigned i, struct table_area *area)
{
	const struct table_entry entry = table_entry(t, i);
	const void *data = t->data + entry.offset;
	const struct resource_carveout *c = data;
	const struct resource_trace *trace = data;
	bool is_trace = entry.type == RESOURCE_TRACE;

	if (!is_trace && entry.type != RESOURCE_CARVEOUT)
		return false;
	area->type = entry.type;
	area->name = is_trace ? trace->name : c->name;
	area->part = (struct link_part){ c->da, is_trace ? trace->len : c->len };
	/* Stock remoteproc takes a trace that is nowhere, too. */
	if (table_is_any(t, c->da) || (is_trace && place_wraps(&area->part)))
		area->part.base = RESOURCE_ANY;
	return true;
}

/* Is the carve-out of that name in the table for table_fill_link()? */
static bool is_linked(const struct table *t, uint32_t linked, const uint8_t *name)
{
	for (unsigned n = 0; n < LINK_PLACES * TABLE_VDEVS; n++) {
		const struct resource_carveout *c;

		if (!(linked >> n / LINK_PLACES & 1))
			continue;
		c = table_find_place(t, n / LINK_PLACES, n % LINK_PLACES);
		if (c && c->name == name)
			return true;
	}
	return false;
}

/* What has an address is in the way of what has none yet. */
static bool meets(const void *arg, const struct link_part *place, uint32_t *last)
{
	const struct table *t = arg;

	for (unsigned i = 0; i < t->count; i++) {
		struct table_area area;

		if (!read_area(t, i, &area) || area.part.base == RESOURCE_ANY ||
		    !place_overlaps(&area.part, place))
			continue;
		*last = place_wraps(&area.part) ? UINT32_MAX : area.part.base + area.part.size - 1;
		return true;
	}
	return false;
}

static int place(const struct table *t, unsigned i, struct link_part *area,
		 const struct range *memory, struct error *e)
{
	struct resource_carveout *c = (void *)(t->data + table_entry(t, i).offset);
	const bool any = area->base == RESOURCE_ANY;
	struct link_part found = *area;

	if (!any && place_wraps(area))
		return error_set(e, E_TABLE_BROKEN,
				 "entry %u: carve-out %.32s, 0x%x bytes at 0x%x, ends past 4 GiB",
				 i, (const char *)c->name, (unsigned)c->len, (unsigned)c->da);
	if (any && !place_find(memory, c->len, PLACE_PAGE, meets, t, &found))
		return error_set(e, c->len ? E_TABLE_NO_ROOM : E_TABLE_BROKEN,
				 "entry %u: no place for carve-out %.32s, 0x%x bytes, in "
				 "0x%llx, 0x%llx bytes",
				 i, (const char *)c->name, (unsigned)c->len,
				 (unsigned long long)memory->base,
				 (unsigned long long)memory->size);
	area->base = found.base;
	c->da = c->pa = found.base;
	return 0;
}

int table_fill_areas(struct table *t, struct range memory, uint32_t linked, const char *owner,
		     int (*each)(void *arg, const struct table_area *area), void *arg,
		     struct error *e)
{
	error_about(e, "table of ", owner);
	for (unsigned i = 0; i < t->count; i++) {
		struct table_area area;
		int rc;

		if (!read_area(t, i, &area))
			continue;
		/* Of traces there may be hundreds, which lie over each other. */
		if (area.type == RESOURCE_CARVEOUT) {
			if (is_linked(t, linked, area.name))
				continue;
			if (place(t, i, &area.part, &memory, e))
				return e->code;
		}
		rc = each(arg, &area);
		if (rc)
			return rc;
	}
	return 0;
}
