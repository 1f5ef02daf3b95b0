/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a link is described: in our own table or in the other end's. */
#include <string.h>

#include "images/lib/link_internal.h"
#include "resource_table/table.h"

#include BOARD_MEMORY_MAP

bool link_in_shared(uint64_t base, uint64_t size)
{
	const struct range shared = { SHARED_BASE, SHARED_SIZE };
	struct range r;

	return range_make(&r, base, size) && range_contains(shared, r);
}

/* Of a copy that may be older or newer than the original: what no filling in changes. */
static bool same_link(const struct link_resource *a, const struct link_resource *b)
{
	return !memcmp(a->name, b->name, sizeof(a->name)) &&
	       !memcmp(a->role, b->role, sizeof(a->role)) && a->method == b->method &&
	       a->memory_base == b->memory_base && a->memory_size == b->memory_size;
}

static bool names_end(const struct link_resource *r)
{
	return memchr(r->name[0], 0, sizeof(r->name[0])) &&
	       memchr(r->name[1], 0, sizeof(r->name[1]));
}

static bool roles_fit(const struct link_resource *r)
{
	uint32_t owner = r->role[LINK_OWNER], peer = r->role[LINK_PEER];

	return (owner == LINK_SYMMETRIC && peer == LINK_SYMMETRIC) ||
	       (owner == LINK_MASTER && peer == LINK_REMOTE) ||
	       (owner == LINK_REMOTE && peer == LINK_MASTER);
}

/* The vdev that link resource @r speaks of. Words of both are read in place: they must be aligned. */
static bool take(struct image_link *l, uint32_t base, const struct table *t,
		 const struct table_entry *link, struct image_vdev *vdev)
{
	const struct link_resource *r = (const void *)(t->data + link->offset);
	const struct table_entry *entry = table_find(t, RESOURCE_VDEV, r->vdev);
	const size_t session = link->offset + offsetof(struct link_resource, session);

	if (!entry || entry->size < sizeof(*vdev) || entry->offset % 4 || link->offset % 4)
		return false;
	memcpy(vdev, t->data + entry->offset, sizeof(*vdev));
	memcpy(&l->about, r, sizeof(l->about));
	l->vdev = (void *)(uintptr_t)(base + entry->offset);
	l->session = (void *)(uintptr_t)(base + session);
	return vdev->vdev.id == VIRTIO_ID_RPMSG_DEVICE && vdev->vdev.num_of_vrings == 2 &&
	       names_end(r) && roles_fit(r);
}

bool link_find(struct image_link *l, const struct link_resource *wanted, struct image_vdev *vdev)
{
	static uint8_t copy[RESOURCE_TABLE_MAX] __attribute__((aligned(8)));
	uint64_t base = wanted->table[LINK_OWNER];
	const struct table_entry *entry;
	struct error e = { 0 };
	struct table t;

	if (base % 8 || !link_in_shared(base, sizeof(copy)))
		return false;
	memcpy(copy, (const void *)(uintptr_t)base, sizeof(copy)); /* checks and use see the same */
	if (table_read(&t, copy, sizeof(copy), "link", &e))
		return false;
	for (unsigned n = 0; (entry = table_find(&t, RESOURCE_LINK, n)); n++) {
		const struct link_resource *r = (const void *)(copy + entry->offset);

		if (entry->size >= sizeof(*r) && r->magic == LINK_MAGIC &&
		    r->vdev != LINK_NO_VDEV && same_link(r, wanted))
			return take(l, (uint32_t)base, &t, entry, vdev);
	}
	return false;
}
