/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a link is described: in our own table or in the other end's. */
#include <string.h>

#include "images/lib/link_internal.h"

#include BOARD_MEMORY_MAP

bool link_in_shared(uint64_t base, uint64_t size)
{
	const struct range shared = { SHARED_BASE, SHARED_SIZE };
	struct range r;

	return range_make(&r, base, size) && range_contains(&shared, &r);
}

bool link_layout_fits(const struct link_layout *l)
{
	for (unsigned i = 0; i < 2; i++)
		if (l->num[i] > IMAGE_VRING_NUM ||
		    !link_in_shared(l->vring[i].base, l->vring[i].size))
			return false;
	return link_in_shared(l->buffers.base, l->buffers.size);
}

/* Of a copy that may be older or newer than the original: what no filling in changes. */
static bool same_link(const struct link_resource *a, const struct link_resource *b)
{
	return !memcmp(a->name, b->name, sizeof(a->name)) &&
	       !memcmp(a->role, b->role, sizeof(a->role)) && a->method == b->method &&
	       a->memory_base == b->memory_base && a->memory_size == b->memory_size;
}

/* The vdev that link resource @r speaks of. */
static bool take(struct link_found *f, uint64_t base, struct link_resource *r)
{
	struct resource_vdev *vdev = table_find(&f->table, RESOURCE_VDEV, r->vdev);

	if (!vdev)
		return false;
	f->link = r;
	f->vdev = vdev;
	f->live_link = (void *)(uintptr_t)(base + (uintptr_t)((uint8_t *)r - f->copy));
	f->live_vdev = (void *)(uintptr_t)(base + (uintptr_t)((uint8_t *)vdev - f->copy));
	return vdev->id == VIRTIO_ID_RPMSG_DEVICE && vdev->num_of_vrings == 2;
}

bool link_find(struct link_found *f, const struct link_resource *wanted)
{
	uint64_t base = wanted->table[LINK_OWNER];
	struct link_resource *r;
	struct error e = { 0 };

	if (base % 8 || !link_in_shared(base, sizeof(f->copy)))
		return false;
	/* once: checks and use see the same */
	memcpy(f->copy, (const void *)(uintptr_t)base, sizeof(f->copy));
	if (table_read(&f->table, f->copy, sizeof(f->copy), "link", &e))
		return false;
	f->table.zero_is_any = RAM_BASE;
	for (unsigned n = 0; (r = table_find(&f->table, RESOURCE_LINK, n)); n++)
		if (r->vdev != LINK_NO_VDEV && same_link(r, wanted))
			return take(f, base, r);
	return false;
}
