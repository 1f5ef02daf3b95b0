/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <string.h>

#include "resource_table/table.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What each type needs at least, and where its reserved bytes lie. */
static const struct {
	uint8_t size, reserved, reserved_size;
} layouts[] = {
#define LAYOUT(type, member)                                        \
	{                                                           \
		sizeof(struct type), offsetof(struct type, member), \
			sizeof(((struct type *)0)->member)          \
	}
	[RESOURCE_CARVEOUT] = LAYOUT(resource_carveout, reserved),
	[RESOURCE_DEVMEM] = LAYOUT(resource_carveout, reserved),
	[RESOURCE_TRACE] = LAYOUT(resource_trace, reserved),
	[RESOURCE_VDEV] = LAYOUT(resource_vdev, reserved),
};

/*
 * How large is an entry at @data, with @available bytes left in the table? More than that: it is
 * cut off.
 */
static uint64_t entry_size(uint32_t type, const uint8_t *data, size_t available)
{
	const struct resource_vdev *v = (const void *)data;
	const struct link_resource *l = (const void *)data;

	/* The number is in everybody's vendor range. */
	if (type == RESOURCE_LINK && available >= offsetof(struct link_resource, version) &&
	    l->magic == LINK_MAGIC)
		return available < sizeof(*l) || l->length < sizeof(*l) ? sizeof(*l) : l->length;
	if (type >= COUNT(layouts))
		return TABLE_OPAQUE;
	if (type != RESOURCE_VDEV || available < sizeof(*v))
		return layouts[type].size;
	return sizeof(*v) + v->num_of_vrings * sizeof(v->vring[0]) + (uint64_t)v->config_len;
}

struct table_entry table_entry(const struct table *t, unsigned i)
{
	const struct resource_table *table = (const void *)t->data;
	uint32_t offset = table->offset[i];
	const uint8_t *data = t->data + offset;
	uint32_t type = ((const struct resource_carveout *)(const void *)data)->type;

	return (struct table_entry){
		.type = type,
		.offset = offset,
		.size = (uint32_t)entry_size(type, data, t->size - offset),
	};
}

static struct range range_of(struct table_entry entry)
{
	return (struct range){ entry.offset, entry.size };
}

static bool is_written(struct table_entry entry)
{
	return entry.size != TABLE_OPAQUE && entry.type != RESOURCE_DEVMEM &&
	       entry.type != RESOURCE_TRACE;
}

/* What is wrong with entry @i, and with what number; NULL: nothing. */
static const char *entry_fault(const struct table *t, unsigned i, uint32_t *number)
{
	const struct resource_table *table = (const void *)t->data;
	uint32_t offset = table->offset[i], type;
	const uint8_t *data = t->data + offset;
	const struct link_resource *l = (const void *)data;
	const char *outside = t->size < RESOURCE_TABLE_MAX ?
				      "not within" :
				      "not within, or longer than a table may be:";

	*number = (uint32_t)t->size;
	if (offset < sizeof(*table) || offset > t->size - sizeof(type))
		return outside;
	type = ((const struct resource_carveout *)(const void *)data)->type;
	if (entry_size(type, data, t->size - offset) > t->size - offset)
		return outside;
	for (unsigned k = 0; type < COUNT(layouts) && k < layouts[type].reserved_size; k++)
		if ((*number = data[layouts[type].reserved + k]))
			return "reserved byte of";
	if (type != RESOURCE_LINK || table_entry(t, i).size == TABLE_OPAQUE)
		return NULL;
	*number = l->version;
	/* Its words are read and written in place, each at once. */
	return l->version == LINK_VERSION && l->length >= sizeof(*l) && !(offset % sizeof(type)) ?
		       NULL :
		       "misaligned, short, or version";
}

/* Does entry @i meet what it must not change, or be changed by? @at: the other's offset. */
static bool meets_another(const struct table *t, unsigned i, uint32_t num, uint32_t *at)
{
	const struct table_entry entry = table_entry(t, i);
	const struct range r = range_of(entry);
	const struct range head = { 0, sizeof(struct resource_table) + 4 * num };

	*at = 0;
	if (is_written(entry) && range_overlaps(&r, &head))
		return true;
	while (i--) {
		const struct table_entry other = table_entry(t, i);
		const struct range o = range_of(other);

		*at = other.offset;
		if ((is_written(entry) || is_written(other)) && range_overlaps(&r, &o))
			return true;
	}
	return false;
}

static int check_entry(const struct table *t, unsigned i, uint32_t num, struct error *e)
{
	const struct resource_table *table = (const void *)t->data;
	uint32_t number;
	const char *fault = entry_fault(t, i, &number);

	if (!fault && meets_another(t, i, num, &number))
		fault = "overlaps that at";
	if (!fault)
		return 0;
	return error_set(e, E_TABLE_BROKEN, "entry %u at 0x%x: %s 0x%x", i,
			 (unsigned)table->offset[i], fault, (unsigned)number);
}

static int read_head(struct table *t, uint32_t *num, struct error *e)
{
	struct resource_table head = { 0 }; /* what there is of it */

	memcpy(&head, t->data, t->size < sizeof(head) ? t->size : sizeof(head));
	*num = head.num;
	if (t->size >= sizeof(head) && head.ver == RESOURCE_TABLE_VERSION && !head.reserved[0] &&
	    !head.reserved[1] && head.num <= (t->size - sizeof(head)) / sizeof(head.offset[0]))
		return 0;
	return error_set(e, E_TABLE_BROKEN, "0x%x bytes, version %u, num %u, reserved 0x%x 0x%x",
			 (unsigned)t->size, (unsigned)head.ver, (unsigned)head.num,
			 (unsigned)head.reserved[0], (unsigned)head.reserved[1]);
}

int table_read(struct table *t, uint8_t *data, size_t size, const char *owner, struct error *e)
{
	uint32_t num;

	error_about(e, "table of ", owner);
	*t = (struct table){ .data = data,
			     .size = size < RESOURCE_TABLE_MAX ? size : RESOURCE_TABLE_MAX };
	if (read_head(t, &num, e))
		return e->code;
	for (unsigned i = 0; i < num; i++)
		if (check_entry(t, i, num, e))
			return e->code;
	t->count = num;
	return 0;
}

bool table_is_any(const struct table *t, uint32_t address)
{
	return address == RESOURCE_ANY || (!address && t->zero_is_any);
}

void *table_find(const struct table *t, uint32_t type, unsigned n)
{
	for (unsigned i = 0; i < t->count; i++) {
		struct table_entry entry = table_entry(t, i);

		if (entry.type == type && entry.size != TABLE_OPAQUE && !n--)
			return t->data + entry.offset;
	}
	return NULL;
}

struct link_resource *table_find_link(const struct table *t, uint32_t vdev, unsigned n)
{
	struct link_resource *l;

	for (unsigned i = 0; (l = table_find(t, RESOURCE_LINK, i)); i++)
		if (l->vdev == vdev && !n--)
			return l;
	return NULL;
}

struct resource_carveout *table_find_place(const struct table *t, unsigned vdev,
					   enum link_place place)
{
	struct resource_carveout *c;
	char name[sizeof(c->name)];

	snprintf(name, sizeof(name), "vdev%u%s", vdev, link_part_names[place]);
	for (unsigned i = 0; i < t->count; i++) {
		const struct table_entry entry = table_entry(t, i);

		c = (void *)(t->data + entry.offset);
		if (entry.type == RESOURCE_CARVEOUT &&
		    !strncmp((const char *)c->name, name, sizeof(name)))
			return c;
	}
	return NULL;
}
