/* SPDX-License-Identifier: BSD-2-Clause */
#include "resource_table/table.h"

#define VRINGS_MAX	2	/* Linux's remoteproc takes no more for one vdev */
#define VRING_NUM_MAX	32768	/* virtio 1.2, 2.7 */
#define VRING_ALIGN_MAX 0x10000 /* keeps a ring's size far from 2^32 */

static bool power_of_two(uint32_t n)
{
	return n && !(n & (n - 1));
}

uint64_t vring_bytes(uint32_t num, uint32_t align)
{
	uint64_t available;

	if (!power_of_two(num) || !power_of_two(align))
		return 0;
	/* num descriptors; flags, index, num ids and one event word; the same for used elements */
	available = 16 * (uint64_t)num + 2 * (3 + (uint64_t)num);
	return ((available + align - 1) & ~((uint64_t)align - 1)) + 2 * 3 + 8 * (uint64_t)num;
}

/* What each type needs at least, and where its reserved word lies. */
static const struct {
	uint32_t size;
	uint32_t reserved;
} layouts[] = {
	[RESOURCE_CARVEOUT] = { sizeof(struct resource_carveout),
				offsetof(struct resource_carveout, reserved) },
	[RESOURCE_DEVMEM] = { sizeof(struct resource_carveout),
			      offsetof(struct resource_carveout, reserved) },
	[RESOURCE_TRACE] = { sizeof(struct resource_trace),
			     offsetof(struct resource_trace, reserved) },
	/* of a vdev's last word only two bytes are reserved: vdev_size() looks */
	[RESOURCE_VDEV] = { sizeof(struct resource_vdev), 0 },
};

struct reading {
	const struct table *t;
	const char *owner;
	unsigned index;
	struct error *e;
};

static int broken(const struct reading *r, const char *what, uint32_t value, uint32_t limit)
{
	return error_set(r->e, E_TABLE_BROKEN, "table of %s: entry %u: %s (0x%x, limit 0x%x)",
			 r->owner, r->index, what, (unsigned)value, (unsigned)limit);
}

static int vdev_size(const struct reading *r, uint32_t offset, uint32_t available, uint32_t *size)
{
	const struct resource_vdev *v = (const void *)(r->t->data + offset);
	uint32_t need;

	if (v->reserved[0] || v->reserved[1])
		return broken(r, "reserved bytes of the vdev not zero", v->reserved[0], 0);
	if (v->num_of_vrings > VRINGS_MAX)
		return broken(r, "too many vrings", v->num_of_vrings, VRINGS_MAX);
	need = (uint32_t)(sizeof(*v) + v->num_of_vrings * sizeof(v->vring[0]));
	if (need > available || v->config_len > available - need)
		return broken(r, "vdev cut off: config space", v->config_len, available);
	for (unsigned i = 0; i < v->num_of_vrings; i++) {
		const struct resource_vring *ring = &v->vring[i];

		if (!power_of_two(ring->num) || ring->num > VRING_NUM_MAX)
			return broken(r, "vring's num no power of two or too large", ring->num,
				      VRING_NUM_MAX);
		if (!power_of_two(ring->align) || ring->align > VRING_ALIGN_MAX)
			return broken(r, "vring's align no power of two or too large", ring->align,
				      VRING_ALIGN_MAX);
	}
	*size = need + v->config_len;
	return 0;
}

static int link_size(const struct reading *r, uint32_t offset, uint32_t available, uint32_t *size)
{
	const struct link_resource *l = (const void *)(r->t->data + offset);

	/* The number is in everybody's vendor range: without our magic it is somebody else's. */
	if (available < offsetof(struct link_resource, version) || l->magic != LINK_MAGIC)
		return 0;
	if (available < sizeof(*l))
		return broken(r, "link resource cut off", sizeof(*l), available);
	if (l->version != LINK_VERSION)
		return broken(r, "link resource of another version", l->version, LINK_VERSION);
	if (l->length < sizeof(*l) || l->length > available)
		return broken(r, "link resource's length", l->length, available);
	*size = l->length;
	return 0;
}

/* @available bytes are left in the table. @size stays 0 for what is opaque. */
static int entry_size(const struct reading *r, uint32_t type, uint32_t offset, uint32_t available,
		      uint32_t *size)
{
	if (type == RESOURCE_LINK)
		return link_size(r, offset, available, size);
	if (type >= sizeof(layouts) / sizeof(layouts[0]))
		return 0;
	if (available < layouts[type].size)
		return broken(r, "cut off", layouts[type].size, available);
	*size = layouts[type].size;
	if (type == RESOURCE_VDEV)
		return vdev_size(r, offset, available, size);
	for (unsigned i = 0; i < 4; i++)
		if (r->t->data[offset + layouts[type].reserved + i])
			return broken(r, "reserved word not zero",
				      r->t->data[offset + layouts[type].reserved + i], 0);
	return 0;
}

int table_read(struct table *t, uint8_t *data, size_t size, const char *owner, struct error *e)
{
	const struct resource_table *head = (const void *)data;
	struct reading r = { .t = t, .owner = owner, .e = e };
	struct bytes all = { data, size };
	uint32_t end, num, vdevs = 0;
	bool opaque = false;
	int rc;

	*t = (struct table){ .data = data, .size = size };
	if (size < sizeof(*head) || size > RESOURCE_TABLE_MAX)
		return error_set(e, E_TABLE_BROKEN, "table of %s: %u bytes, wanted %u to %u", owner,
				 (unsigned)size, (unsigned)sizeof(*head), RESOURCE_TABLE_MAX);
	num = head->num;
	if (head->ver != RESOURCE_TABLE_VERSION || head->reserved[0] || head->reserved[1])
		return error_set(e, E_TABLE_BROKEN,
				 "table of %s: version %u, reserved 0x%x 0x%x, wanted 1, 0, 0",
				 owner, (unsigned)head->ver, (unsigned)head->reserved[0],
				 (unsigned)head->reserved[1]);
	if (num > (size - sizeof(*head)) / sizeof(head->offset[0]))
		return error_set(e, E_TABLE_BROKEN, "table of %s: %u entries in %u bytes", owner,
				 (unsigned)num, (unsigned)size);
	if (num > RESOURCE_ENTRIES_MAX)
		return error_set(e, E_TOO_MANY, "table of %s: %u entries, at most %u", owner,
				 (unsigned)num, RESOURCE_ENTRIES_MAX);

	end = (uint32_t)(sizeof(*head) + num * sizeof(head->offset[0]));
	for (r.index = 0; r.index < num; r.index++) {
		struct table_entry *entry = &t->entry[r.index];
		uint32_t offset = head->offset[r.index];

		/* In order and apart: an entry inside another would be checked as one, used as two. */
		if (offset < end)
			return broken(&r, "offset inside what is before it", offset, end);
		if (!bytes_read_le32(all, offset, &entry->type))
			return broken(&r, "offset outside the table", offset, (uint32_t)size);
		if (opaque)
			entry[-1].size = offset - entry[-1].offset;
		entry->offset = offset;
		rc = entry_size(&r, entry->type, offset, (uint32_t)size - offset, &entry->size);
		if (rc)
			return rc;
		/* An opaque entry ends where the next one starts, or with the table. */
		opaque = !entry->size;
		end = offset + (opaque ? (uint32_t)sizeof(entry->type) : entry->size);
		if (opaque)
			entry->size = (uint32_t)size - offset;
		if (entry->type == RESOURCE_VDEV && ++vdevs > TABLE_VDEVS)
			return error_set(e, E_TOO_MANY, "table of %s: more than %u vdevs", owner,
					 TABLE_VDEVS);
	}
	t->count = num;
	return 0;
}

const struct table_entry *table_find(const struct table *t, uint32_t type, unsigned n)
{
	for (unsigned i = 0; i < t->count; i++)
		if (t->entry[i].type == type && !n--)
			return &t->entry[i];
	return NULL;
}
