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

	return range_contains(&memory, &l->layout.vring[0]) &&
	       range_contains(&memory, &l->layout.vring[1]) &&
	       range_contains(&memory, &l->layout.buffers);
}

/* Lay out what the table asks for, by the rule that the loader has followed. */
static bool place(struct image_link *l, const struct link_found *f)
{
	const struct link_resource *about = &l->about;
	const struct link_description d = {
		.name = { about->name[0], about->name[1] },
		.role = { (enum link_role)about->role[0], (enum link_role)about->role[1] },
		.buffer_len = about->buffer_len ? about->buffer_len : BUFFER_LEN,
		.buffer_count = { about->buffer_count[0], about->buffer_count[1] },
		.memory = { about->memory_base, about->memory_size },
	};
	struct error e = { 0 };

	return !table_lay_out_link(&f->table, f->link->vdev, &d, &l->layout, &e);
}

/* Fill in what the other end must know; all else in the table is as the loader has put it. */
static void fill(const struct image_link *l, const struct link_found *f)
{
	const struct link_layout *layout = &l->layout;

	for (unsigned i = 0; i < 2; i++) {
		unsigned sends = link_transmit_vring((enum link_role)l->about.role[i], i);

		f->live_vdev->vring[i].da = (uint32_t)layout->vring[i].base;
		f->live_vdev->vring[i].pa = (uint32_t)layout->vring[i].base;
		f->live_link->buffer_count[i] = layout->buffer_count[sends];
	}
	f->live_link->buffer_base = layout->buffers.base;
	f->live_link->buffer_size = layout->buffers.size;
	f->live_link->buffer_len = layout->buffer_len;
}

bool link_open_table(void *arg, struct rpmsg_link *r)
{
	static struct link_found found;
	struct image_link *l = arg;
	struct rpmsg_config c = r->config;

	/*
	 * The table has been open to all since we last looked: everything anew, but where it lies.
	 */
	if (!link_find(&found, &l->about) || found.live_vdev != l->vdev ||
	    link_session(found.live_link) != l->session)
		return false;
	if (r->leads ? !place(l, &found) : !link_layout_read(&l->layout, found.vdev, found.link))
		return false;
	if (!link_layout_fits(&l->layout) || !in_memory(l))
		return false;
	link_config_layout(l, &c);
	if (rpmsg_link_set_rings(r, &c))
		return false;
	if (r->leads)
		fill(l, &found);
	return true;
}
