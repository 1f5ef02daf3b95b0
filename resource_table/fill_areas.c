/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "resource_table/place.h"
#include "resource_table/table.h"

static bool is_area(uint32_t type)
{
	return type == RESOURCE_CARVEOUT || type == RESOURCE_DEVMEM || type == RESOURCE_TRACE;
}

/* The entry's address and length words; their places in the entry depend on its type. */
static struct range area_range(const struct table *t, const struct table_entry *entry)
{
	const uint8_t *data = t->data + entry->offset;
	const struct resource_carveout *c = (const void *)data;
	const struct resource_trace *trace = (const void *)data;

	switch (entry->type) {
	case RESOURCE_TRACE:
		return (struct range){ trace->da, trace->len };
	case RESOURCE_DEVMEM:
		return (struct range){ c->pa, c->len };
	default:
		return (struct range){ c->da, c->len };
	}
}

static const uint8_t *area_name(const struct table *t, const struct table_entry *entry)
{
	return t->data + entry->offset +
	       (entry->type == RESOURCE_TRACE ? offsetof(struct resource_trace, name) :
						offsetof(struct resource_carveout, name));
}

/* Fixed areas must end below 4 GiB; ANY is only for carve-outs. They are collected in @taken. */
static int collect_fixed(const struct table *t, struct range *taken, unsigned *count,
			 const char *owner, struct error *e)
{
	for (unsigned i = 0; i < t->count; i++) {
		const struct table_entry *entry = &t->entry[i];
		struct range r;

		if (!is_area(entry->type)) /* it may be shorter than one */
			continue;
		r = area_range(t, entry);
		if (r.base == RESOURCE_ANY && entry->type == RESOURCE_CARVEOUT)
			continue;
		if (r.base == RESOURCE_ANY || r.base + r.size > (uint64_t)1 << 32)
			return error_set(
				e, E_TABLE_BROKEN,
				"table of %s: entry %u: type %u at 0x%llx, 0x%llx bytes: address "
				"missing or past 4 GiB",
				owner, i, (unsigned)entry->type, (unsigned long long)r.base,
				(unsigned long long)r.size);
		taken[(*count)++] = r;
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
		const struct table_entry *entry = &t->entry[i];
		struct resource_carveout *c = (void *)(t->data + entry->offset);
		struct table_area area = { .type = entry->type };
		int rc;

		if (!is_area(entry->type))
			continue;
		area.range = area_range(t, entry);
		if (entry->type == RESOURCE_CARVEOUT && area.range.base == RESOURCE_ANY) {
			struct range *place = &taken[count++];

			if (!place_find(memory, c->len, PLACE_PAGE, taken, count - 1, place))
				return error_set(
					e, E_TABLE_NO_ROOM,
					"table of %s: no room for carve-out %u, 0x%x bytes in "
					"0x%llx..0x%llx",
					owner, i, (unsigned)c->len, (unsigned long long)memory.base,
					(unsigned long long)range_end(memory));
			area.range.base = place->base;
			c->da = (uint32_t)place->base;
		}
		if (entry->type == RESOURCE_CARVEOUT)
			c->pa = c->da;
		memcpy(area.name, area_name(t, entry), sizeof(area.name) - 1);
		rc = each(arg, &area);
		if (rc)
			return rc;
	}
	return 0;
}
