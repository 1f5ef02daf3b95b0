/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "resource_table/table.h"

#define VRINGS_MAX 2 /* Linux's remoteproc takes no more for one vdev */

/* What each type needs at least, and where its reserved word lies. */
static const struct {
	uint8_t size;
	uint8_t reserved;
} layouts[] = {
	[RESOURCE_CARVEOUT] = { sizeof(struct resource_carveout),
				offsetof(struct resource_carveout, reserved) },
	[RESOURCE_DEVMEM] = { sizeof(struct resource_carveout),
			      offsetof(struct resource_carveout, reserved) },
	[RESOURCE_TRACE] = { sizeof(struct resource_trace),
			     offsetof(struct resource_trace, reserved) },
	/* of a vdev's last word only two bytes are reserved: vdev_fault() looks */
	[RESOURCE_VDEV] = { sizeof(struct resource_vdev), 0 },
};

/* What is wrong with an entry at @data, with @available bytes left in the table; NULL: nothing. */
static const char *vdev_fault(const uint8_t *data, uint32_t available, uint32_t *size)
{
	const struct resource_vdev *v = (const void *)data;

	if (v->reserved[0] || v->reserved[1])
		return "reserved bytes";
	if (v->num_of_vrings > VRINGS_MAX)
		return "more than 2 vrings";
	*size += v->num_of_vrings * (uint32_t)sizeof(v->vring[0]);
	if (*size > available || v->config_len > available - *size)
		return "cut off";
	*size += v->config_len;
	for (unsigned i = 0; i < v->num_of_vrings; i++)
		if (!vring_bytes(v->vring[i].num, v->vring[i].align))
			return "vring's num or align";
	return NULL;
}

static const char *link_fault(const uint8_t *data, uint32_t available, uint32_t *size)
{
	const struct link_resource *l = (const void *)data;

	/* The number is in everybody's vendor range: without our magic it is somebody else's. */
	if (available < offsetof(struct link_resource, version) || l->magic != LINK_MAGIC)
		return NULL;
	if (available < sizeof(*l) || l->length < sizeof(*l) || l->length > available)
		return "cut off";
	*size = l->length;
	return l->version == LINK_VERSION ? NULL : "link resource's version";
}

/* @size stays 0 for what is opaque. */
static const char *entry_fault(uint32_t type, const uint8_t *data, uint32_t available,
			       uint32_t *size)
{
	if (type == RESOURCE_LINK)
		return link_fault(data, available, size);
	if (type >= sizeof(layouts) / sizeof(layouts[0]))
		return NULL;
	*size = layouts[type].size;
	if (available < *size)
		return "cut off";
	if (type == RESOURCE_VDEV)
		return vdev_fault(data, available, size);
	for (unsigned i = 0; i < 4; i++)
		if (data[layouts[type].reserved + i])
			return "reserved word";
	return NULL;
}

int table_read(struct table *t, uint8_t *data, size_t size, const char *owner, struct error *e)
{
	const struct resource_table *table = (const void *)data;
	struct resource_table head = { 0 }; /* of no version, if it is not all there */
	struct table_entry *entry = t->entry;
	uint32_t end, vdevs = 0;
	bool opaque = false;

	t->data = data;
	t->size = size;
	t->count = 0;
	if (size >= sizeof(head))
		memcpy(&head, data, sizeof(head));
	if (size > RESOURCE_TABLE_MAX || head.ver != RESOURCE_TABLE_VERSION || head.reserved[0] ||
	    head.reserved[1] || head.num > (size - sizeof(head)) / sizeof(table->offset[0]))
		return error_set(e, E_TABLE_BROKEN,
				 "table of %s: 0x%x bytes, version %u, %u entries", owner,
				 (unsigned)size, (unsigned)head.ver, (unsigned)head.num);
	end = (uint32_t)(sizeof(head) + head.num * sizeof(table->offset[0]));
	for (unsigned i = 0; i < head.num; i++, entry++) {
		uint32_t offset = table->offset[i];
		const char *fault = "offset";

		if (i == RESOURCE_ENTRIES_MAX)
			return error_set(e, E_TOO_MANY, "table of %s: %u entries", owner,
					 (unsigned)head.num);
		/* In order and apart: an entry inside another would be checked as one, used as two. */
		entry->size = 0;
		if (offset >= end && offset <= size - sizeof(entry->type)) {
			entry->type = ((const struct resource_carveout *)(data + offset))->type;
			fault = entry_fault(entry->type, data + offset, (uint32_t)size - offset,
					    &entry->size);
		}
		if (fault)
			return error_set(e, E_TABLE_BROKEN, "table of %s: entry %u at 0x%x: %s",
					 owner, i, (unsigned)offset, fault);
		/* An opaque entry ends where the next one starts, or with the table. */
		if (opaque)
			entry[-1].size = offset - entry[-1].offset;
		opaque = !entry->size;
		end = offset + (opaque ? (uint32_t)sizeof(entry->type) : entry->size);
		if (opaque)
			entry->size = (uint32_t)size - offset;
		entry->offset = offset;
		vdevs += entry->type == RESOURCE_VDEV;
	}
	if (vdevs > TABLE_VDEVS)
		return error_set(e, E_TOO_MANY, "table of %s: %u vdevs", owner, (unsigned)vdevs);
	t->count = head.num;
	return 0;
}

const struct table_entry *table_find(const struct table *t, uint32_t type, unsigned n)
{
	for (unsigned i = 0; i < t->count; i++)
		if (t->entry[i].type == type && !n--)
			return &t->entry[i];
	return NULL;
}
