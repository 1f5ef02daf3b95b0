/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "resource_table/place.h"
#include "resource_table/table.h"

struct filling {
	const struct link_description *d;
	struct range taken[3]; /* what has a place: vrings, then buffers */
	unsigned count;
	struct error *e;
};

static int fail(const struct filling *f, enum error_code code, const char *what, uint64_t number)
{
	return error_set(f->e, code, "link %s-%s: %s 0x%llx, memory 0x%llx..0x%llx",
			 f->d->name[LINK_OWNER], f->d->name[LINK_PEER], what,
			 (unsigned long long)number, (unsigned long long)f->d->memory.base,
			 (unsigned long long)range_end(f->d->memory));
}

static int take(struct filling *f, struct range memory, uint64_t size, uint32_t align,
		enum error_code code, const char *what, struct range *place)
{
	if (!place_find(memory, size, align, f->taken, f->count, place))
		return fail(f, code, what, size);
	f->taken[f->count++] = *place;
	return 0;
}

/* Vrings that bring their address are where they are; the others go around them. */
static int take_vrings(struct filling *f, const struct resource_vdev *v, bool fixed,
		       struct range *place)
{
	for (unsigned i = 0; i < 2; i++) {
		const struct resource_vring *ring = &v->vring[i];
		uint64_t size = vring_bytes(ring->num, ring->align);
		struct range here = { ring->da, ((uint64_t)1 << 32) - ring->da };

		if ((ring->da != RESOURCE_ANY) != fixed)
			continue;
		if (take(f, fixed ? here : f->d->memory, size, ring->align,
			 fixed ? E_TABLE_BROKEN : E_TABLE_NO_ROOM, "no room for a vring of",
			 &place[i]))
			return f->e->code;
		if (fixed && place[i].base != ring->da)
			return fail(f, E_TABLE_BROKEN, "misplaced vring at", ring->da);
	}
	return 0;
}

static int take_buffers(struct filling *f, const struct resource_vdev *v, uint32_t count[2],
			struct range *place)
{
	unsigned owner_vring = link_transmit_vring(f->d->role[LINK_OWNER], LINK_OWNER);
	uint32_t size, pool = PLACE_PAGE;

	for (unsigned end = 0; end < 2; end++) {
		uint32_t num = v->vring[owner_vring ^ end].num;

		count[end] = f->d->buffer_count[end] ? f->d->buffer_count[end] : num;
		if (count[end] > num)
			return fail(f, E_TABLE_NO_ROOM, "too many buffers:", count[end]);
	}
	/* At most 2^16 buffers of at most 2^16 bytes: what is too much for 32 bits has no room. */
	if (__builtin_mul_overflow(count[0] + count[1], f->d->buffer_len, &size) ||
	    size > (uint32_t)1 << 31)
		return fail(f, E_TABLE_NO_ROOM, "too many buffers:", count[0] + count[1]);
	while (pool < size)
		pool *= 2;
	return take(f, f->d->memory, pool, PLACE_PAGE, E_TABLE_NO_ROOM,
		    "no room for buffers:", place);
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
	l->memory_base = d->memory.base;
	l->memory_size = d->memory.size;
	l->pristine = d->pristine;
	l->method = d->method;
	memset(&l->session, 0, sizeof(l->session));
	memset(l->name, 0, sizeof(l->name));
	for (unsigned end = 0; end < 2; end++) {
		l->table[end] = d->table[end];
		l->buffer_count[end] = count[end];
		l->role[end] = d->role[end];
		l->doorbell[end] = d->doorbell[end];
		memcpy(l->name[end], d->name[end], strnlen(d->name[end], sizeof(l->name[end]) - 1));
	}
}

int table_fill_link(struct table *t, unsigned vdev, const struct link_description *d,
		    struct link_layout *layout, struct error *e)
{
	const struct table_entry *entry = table_find(t, RESOURCE_VDEV, vdev);
	struct resource_vdev *v = entry ? (void *)(t->data + entry->offset) : NULL;
	struct link_resource *l = find_link(t, vdev);
	struct filling f = { .d = d, .e = e };
	uint32_t count[2];

	if (!v || v->id != VIRTIO_ID_RPMSG_DEVICE || v->num_of_vrings != 2)
		return fail(&f, E_TABLE_NO_VDEV, "no RPMsg device with 2 vrings is vdev", vdev);
	if (take_vrings(&f, v, true, layout->vring) || take_vrings(&f, v, false, layout->vring) ||
	    take_buffers(&f, v, count, &layout->buffers))
		return e->code;

	v->status = 0;
	v->gfeatures = 0;
	layout->buffer_len = d->buffer_len;
	for (unsigned i = 0; i < 2; i++) {
		layout->num[i] = v->vring[i].num;
		layout->align[i] = v->vring[i].align;
		layout->buffer_count[link_transmit_vring(d->role[i], i)] = count[i];
		v->vring[i].da = v->vring[i].pa = (uint32_t)layout->vring[i].base;
		v->vring[i].notifyid = 2 * vdev + i;
	}
	if (l)
		fill_link_resource(l, d, count, layout->buffers);
	return 0;
}
