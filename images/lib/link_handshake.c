/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The handshake way: the owner lays the link out in its table, the leading end fills it in, and
 * the other reads it. Where the link may lie was settled by the loader: no end moves it elsewhere.
 */
#include <string.h>

#include "images/lib/link_internal.h"

#define BUFFER_LEN 512 /* bytes, where the table does not say */

/* The table as the ELF brought it, status 0; the session words are no part of it. */
void link_lay_out(void *arg)
{
	struct image_link *l = arg;

	image_table_lay_out(l->table, l->number);
}

static bool in_memory(const struct image_link *l)
{
	const struct range memory = { l->about.memory_base, l->about.memory_size };

	return range_contains(memory, l->layout.vring[0]) &&
	       range_contains(memory, l->layout.vring[1]) &&
	       range_contains(memory, l->layout.buffers);
}

/* Lay out vrings and buffers in @f's copy, by the loader's own rule. */
static bool fill(struct image_link *l, struct link_found *f)
{
	const struct link_resource *about = &l->about;
	struct link_description d = {
		.buffer_len = about->buffer_len ? about->buffer_len : BUFFER_LEN,
		.method = about->method,
		.memory = { about->memory_base, about->memory_size },
		.pristine = about->pristine,
	};
	struct error e = { 0 };

	for (unsigned i = 0; i < 2; i++) {
		d.name[i] = about->name[i];
		d.table[i] = about->table[i];
		d.role[i] = about->role[i];
		d.doorbell[i] = about->doorbell[i];
		d.buffer_count[i] = about->buffer_count[i];
	}
	return !table_fill_link(&f->table, f->link->vdev, &d, &l->layout, &e);
}

/* What the other end must know; all else in the table is as the loader has put it. */
static void write_back(const struct link_found *f)
{
	const size_t start = offsetof(struct link_resource, buffer_base);
	const size_t end = offsetof(struct link_resource, role);

	memcpy((void *)(uintptr_t)f->live_vdev->vring, f->vdev->vring,
	       2 * sizeof(f->vdev->vring[0]));
	memcpy((uint8_t *)(uintptr_t)f->live_link + start, (const uint8_t *)f->link + start,
	       end - start);
}

bool link_open_table(void *arg, struct rpmsg_link *r)
{
	static struct link_found found;
	struct image_link *l = arg;
	struct rpmsg_config c = r->config;

	/* The table has been open to all since we last looked: everything anew, but where it lies. */
	if (!link_find(&found, &l->about) || found.live_vdev != l->vdev ||
	    link_session(found.live_link) != l->session)
		return false;
	if (r->leads ? !fill(l, &found) : !link_layout_read(&l->layout, found.vdev, found.link))
		return false;
	if (!link_layout_fits(&l->layout) || !in_memory(l))
		return false;
	link_config_layout(l, &c);
	if (rpmsg_link_set_rings(r, &c))
		return false;
	if (r->leads)
		write_back(&found);
	return true;
}
