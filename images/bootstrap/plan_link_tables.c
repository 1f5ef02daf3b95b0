/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tables say of a link, in place of boot/plan/link_tables.c: whoever has loaded this ELF has
 * filled them in, early contexts may use them already. Here they are read, and what they say is
 * claimed and checked like anything else.
 */
#include <string.h>

#include "boot/plan/parts.h"

static struct link_part part_of(const struct range *r)
{
	return (struct link_part){ (uint32_t)r->base, (uint32_t)r->size };
}

static bool is_filled_in(const struct link_resource *r)
{
	return r->table[LINK_OWNER];
}

static bool is_about(const struct link_resource *r, const struct link_description *d)
{
	for (unsigned end = 0; end < 2; end++)
		if (r->role[end] != d->role[end] ||
		    strncmp(r->name[end], d->name[end], sizeof(r->name[end])))
			return false;
	return r->method == d->method;
}

/* Has the loader told the owner of @t of a link that another's table describes? */
static bool is_referred_to(const struct table *t, const struct link_description *d)
{
	const struct link_resource *r;

	for (unsigned n = 0; (r = table_find_link(t, LINK_NO_VDEV, n)); n++)
		if (r->table[LINK_OWNER] == d->table[LINK_OWNER] && is_about(r, d))
			return true;
	return false;
}

/* As the owner's table has it; handshake: as whoever fills it in will find it. */
static int read_layout(struct plan_link *link, struct plan_context *owner,
		       const struct resource_vdev *vdev, const struct link_resource *r,
		       const struct link_description *d, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	struct link_description as_filled = *d;

	as_filled.memory = (struct range){ r->memory_base, r->memory_size };
	if (m->method == LINK_HANDSHAKE)
		return table_offer_link(&owner->table, m->vdev, &as_filled, &link->layout,
					link->part, e);
	if (link_layout_read(&link->layout, vdev, r)) {
		for (unsigned i = 0; i < 2; i++)
			link->part[i] = part_of(&link->layout.vring[i]);
		link->part[LINK_BUFFERS] = part_of(&link->layout.buffers);
		return 0;
	}
	return error_set(e, E_TABLE_BROKEN, "its layout in the table of %s makes no sense",
			 owner->manifest->name);
}

int plan_link_tables(struct plan_link *link, const struct link_description *d, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	struct plan_context *owner = link->end[LINK_OWNER];
	const struct plan_context *other = link->end[LINK_PEER];
	const struct resource_vdev *vdev = table_find(&owner->table, RESOURCE_VDEV, m->vdev);
	const struct link_resource *r = table_find_link(&owner->table, m->vdev, 0);

	memset(&link->layout, 0, sizeof(link->layout));
	memset(link->part, 0, sizeof(link->part));
	if (!owner->table_home.size)
		return error_set(e, E_TABLE_MISSING, "where is the table of %s?",
				 owner->manifest->name);
	if (!vdev || !r)
		return error_set(e, vdev ? E_TABLE_NO_LINK : E_TABLE_NO_VDEV,
				 "no vdev %u, or no link resource for it, in the table of %s",
				 (unsigned)m->vdev, owner->manifest->name);
	/* Not filled in, or what is there is of an earlier boot: an end of it does not run. */
	link->failed = !is_filled_in(r) || (other->runs_linux && !is_referred_to(&other->table, d));
	if (link->failed)
		return 0;
	if (!is_about(r, d))
		return error_set(e, E_TABLE_BROKEN, "the table of %s tells of %.31s and %.31s",
				 owner->manifest->name, r->name[LINK_OWNER], r->name[LINK_PEER]);
	return read_layout(link, owner, vdev, r, d, e);
}
