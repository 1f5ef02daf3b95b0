/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "resource_table/place.h"
#include "resource_table/table.h"

struct filling {
	const struct link_description *d;
	struct range taken[2]; /* vrings that have a place */
	unsigned count;
	struct error *e;
};

static int no_room(const struct filling *f, const char *what, uint64_t size)
{
	return error_set(f->e, E_TABLE_NO_ROOM,
			 "link %s-%s: no room for %s: 0x%llx bytes in 0x%llx..0x%llx",
			 f->d->name[LINK_OWNER], f->d->name[LINK_PEER], what,
			 (unsigned long long)size, (unsigned long long)f->d->memory.base,
			 (unsigned long long)range_end(f->d->memory));
}

static struct resource_vdev *find_vdev(const struct filling *f, struct table *t, unsigned vdev)
{
	const struct table_entry *entry = table_find(t, RESOURCE_VDEV, vdev);
	struct resource_vdev *v = entry ? (void *)(t->data + entry->offset) : NULL;

	if (v && v->id == VIRTIO_ID_RPMSG_DEVICE && v->num_of_vrings == 2)
		return v;
	error_set(f->e, E_TABLE_NO_VDEV,
		  "link %s-%s: the table's vdev %u: %s, id %u, %u vrings; wanted id 7 and 2",
		  f->d->name[LINK_OWNER], f->d->name[LINK_PEER], vdev, v ? "there" : "missing",
		  v ? (unsigned)v->id : 0, v ? v->num_of_vrings : 0);
	return NULL;
}

/* Vrings that bring their address: they are where they are, the others go around them. */
static int take_fixed(struct filling *f, const struct resource_vring *ring, struct range *place)
{
	uint32_t align = ring->align < PLACE_PAGE ? PLACE_PAGE : ring->align;
	struct range memory = { .base = ring->da };

	if (ring->da == RESOURCE_ANY)
		return 0;
	memory.size = ((uint64_t)1 << 32) - memory.base;
	if (!place_find(memory, vring_bytes(ring->num, ring->align), align, f->taken, f->count,
			place) ||
	    place->base != ring->da)
		return error_set(f->e, E_TABLE_BROKEN,
				 "link %s-%s: vring at 0x%x: not a multiple of 0x%x, past 4 GiB, "
				 "or over the other one",
				 f->d->name[LINK_OWNER], f->d->name[LINK_PEER], (unsigned)ring->da,
				 (unsigned)align);
	f->taken[f->count++] = *place;
	return 0;
}

static int take_any(struct filling *f, const struct resource_vring *ring, struct range *place)
{
	uint64_t size = vring_bytes(ring->num, ring->align);

	if (ring->da != RESOURCE_ANY)
		return 0;
	if (!place_find(f->d->memory, size, ring->align, f->taken, f->count, place))
		return no_room(f, "a vring", size);
	f->taken[f->count++] = *place;
	return 0;
}

static int lay_out_buffers(struct filling *f, const struct resource_vdev *v, uint32_t count[2],
			   struct range *place)
{
	unsigned owner_vring = f->d->role[LINK_OWNER] == LINK_MASTER;
	uint64_t size, pool = PLACE_PAGE;

	for (unsigned end = 0; end < 2; end++) {
		uint32_t num = v->vring[owner_vring ^ end].num;

		count[end] = f->d->buffer_count[end] ? f->d->buffer_count[end] : num;
		if (count[end] > num)
			return error_set(f->e, E_TABLE_NO_ROOM,
					 "link %s-%s: %u buffers for %s in a vring of %u",
					 f->d->name[LINK_OWNER], f->d->name[LINK_PEER],
					 (unsigned)count[end], f->d->name[end], (unsigned)num);
	}
	/* no overflow: a vring has at most 2^15 buffers */
	size = ((uint64_t)count[0] + count[1]) * f->d->buffer_len;
	while (pool < size)
		pool *= 2;
	if (!place_find(f->d->memory, pool, PLACE_PAGE, f->taken, f->count, place))
		return no_room(f, "buffers", pool);
	return 0;
}

static struct link_resource *find_link(struct table *t, unsigned vdev)
{
	const struct table_entry *entry;

	for (unsigned n = 0; (entry = table_find(t, RESOURCE_LINK, n)); n++) {
		struct link_resource *l = (void *)(t->data + entry->offset);

		if (entry->size >= sizeof(*l) && l->magic == LINK_MAGIC && l->vdev == vdev)
			return l;
	}
	return NULL;
}

static void fill_link_resource(struct link_resource *l, const struct link_description *d,
			       const uint32_t count[2], struct range buffers)
{
	l->buffer_base = buffers.base;
	l->buffer_size = buffers.size;
	l->buffer_len = d->buffer_len;
	l->reserved = 0;
	for (unsigned end = 0; end < 2; end++) {
		l->table[end] = d->table[end];
		l->buffer_count[end] = count[end];
		l->role[end] = d->role[end];
		l->epoch[end] = 0;
		l->doorbell[end] = d->doorbell[end];
		memset(l->name[end], 0, sizeof(l->name[end]));
		memcpy(l->name[end], d->name[end], strnlen(d->name[end], sizeof(l->name[end]) - 1));
	}
}

int table_fill_link(struct table *t, unsigned vdev, const struct link_description *d,
		    struct link_layout *layout, struct error *e)
{
	struct filling f = { .d = d, .e = e };
	struct resource_vdev *v = find_vdev(&f, t, vdev);
	struct link_resource *l = find_link(t, vdev);
	uint32_t count[2];

	if (!v || take_fixed(&f, &v->vring[0], &layout->vring[0]) ||
	    take_fixed(&f, &v->vring[1], &layout->vring[1]) ||
	    take_any(&f, &v->vring[0], &layout->vring[0]) ||
	    take_any(&f, &v->vring[1], &layout->vring[1]) ||
	    lay_out_buffers(&f, v, count, &layout->buffers))
		return e->code;

	v->status = 0;
	v->gfeatures = 0;
	for (unsigned i = 0; i < 2; i++) {
		v->vring[i].da = v->vring[i].pa = (uint32_t)layout->vring[i].base;
		v->vring[i].notifyid = 2 * vdev + i;
	}
	if (l)
		fill_link_resource(l, d, count, layout->buffers);
	return 0;
}
