/* SPDX-License-Identifier: BSD-2-Clause */
#include "resource_table/place.h"
#include "resource_table/table.h"

/* What is the area of an entry? false: it has none. */
static bool read_area(const struct table *t, const struct table_entry *entry,
		      struct table_area *area)
{
	const uint8_t *data = t->data + entry->offset;
	const struct resource_carveout *c = (const void *)data;
	const struct resource_trace *trace = (const void *)data;

	area->type = entry->type;
	switch (entry->type) {
	case RESOURCE_TRACE:
		area->range = (struct range){ trace->da, trace->len };
		return true;
	case RESOURCE_DEVMEM:
		area->range = (struct range){ c->pa, c->len };
		return true;
	case RESOURCE_CARVEOUT:
		area->range = (struct range){ c->da, c->len };
		return true;
	default: /* may be shorter than one */
		return false;
	}
}

/* Fixed areas must end below 4 GiB; ANY is only for carve-outs. They are collected in @taken. */
static int collect_fixed(const struct table *t, struct range *taken, unsigned *count,
			 const char *owner, struct error *e)
{
	for (unsigned i = 0; i < t->count; i++) {
		struct table_area area;

		if (!read_area(t, &t->entry[i], &area) ||
		    (area.range.base == RESOURCE_ANY && area.type == RESOURCE_CARVEOUT))
			continue;
		if (area.range.base == RESOURCE_ANY || range_end(area.range) > (uint64_t)1 << 32)
			return error_set(e, E_TABLE_BROKEN,
					 "table of %s: entry %u: type %u at 0x%x, 0x%x bytes: "
					 "address missing or past 4 GiB",
					 owner, i, (unsigned)area.type, (unsigned)area.range.base,
					 (unsigned)area.range.size);
		taken[(*count)++] = area.range;
	}
	return 0;
}

int table_fill_areas(struct table *t, struct range memory, const char *owner,
		     int (*each)(void *arg, const struct table_area *area), void *arg,
		     struct error *e)
{
	struct range taken[RESOURCE_ENTRIES_MAX];
	unsigned count = 0;

	if (collect_fixed(t, taken, &count, owner, e))
		return e->code;
	for (unsigned i = 0; i < t->count; i++) {
		struct resource_carveout *c = (void *)(t->data + t->entry[i].offset);
		struct range *place = &taken[count];
		struct table_area area;
		int rc;

		if (!read_area(t, &t->entry[i], &area))
			continue;
		if (area.type == RESOURCE_CARVEOUT) {
			if (area.range.base == RESOURCE_ANY) {
				if (!place_find(&memory, c->len, PLACE_PAGE, taken, count, place))
					return error_set(e, E_TABLE_NO_ROOM,
							 "table of %s: no room for carve-out %u, "
							 "0x%x bytes in 0x%llx..0x%llx",
							 owner, i, (unsigned)c->len,
							 (unsigned long long)memory.base,
							 (unsigned long long)range_end(memory));
				area.range.base = place->base;
				count++;
			}
			c->da = c->pa = (uint32_t)area.range.base;
		}
		rc = each(arg, &area);
		if (rc)
			return rc;
	}
	return 0;
}
