/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The plan's links, in place of boot/plan_links.c: whoever has loaded this ELF has laid them out
 * and filled them in. Here they are read, and claimed like anything that others say.
 */
#include <string.h>

#include "boot/plan_parts.h"

/* The link resource of vdev @vdev; NULL if there is none. */
static const struct link_resource *find_resource(const struct table *t, unsigned vdev)
{
	const struct table_entry *entry;

	for (unsigned n = 0; (entry = table_find(t, RESOURCE_LINK, n)); n++) {
		const struct link_resource *l = (const void *)(t->data + entry->offset);

		if (entry->size >= sizeof(*l) && l->magic == LINK_MAGIC && l->vdev == vdev)
			return l;
	}
	return NULL;
}

static int read_link(struct plan *plan, struct plan_link *link, struct error *e)
{
	const struct manifest_link *m = link->manifest;
	const struct plan_context *owner = &plan->context[m->end[m->table_end]];
	const struct table_entry *vdev = table_find(&owner->table, RESOURCE_VDEV, m->vdev);
	const struct link_resource *resource = find_resource(&owner->table, m->vdev);

	if (m->method != LINK_PRESET)
		return error_set(e, E_LINK_METHOD, "%s: only the preset way is supported", m->name);
	if (!owner->table_home.size)
		return error_set(e, E_TABLE_MISSING, "%s: where is the table of %s?", m->name,
				 owner->manifest->name);
	if (!vdev || !resource)
		return error_set(e, E_TABLE_NO_VDEV,
				 "%s: no vdev %u with a link resource in the table of %s", m->name,
				 m->vdev, owner->manifest->name);
	/* Not filled in: the other end does not run. */
	link->failed = !resource->buffer_size;
	if (link->failed)
		return 0;
	if (!link_layout_read(&link->layout, (const void *)(owner->table.data + vdev->offset),
			      resource))
		return error_set(e, E_TABLE_BROKEN,
				 "%s: its layout in the table of %s makes no sense", m->name,
				 owner->manifest->name);
	return 0;
}

int plan_links(struct plan *plan, struct error *e)
{
	for (unsigned i = 0; i < plan->links; i++) {
		struct plan_link *link = &plan->link[i];

		if (link->failed)
			continue;
		plan->blame = plan_link_guilty(plan, link->manifest);
		if (read_link(plan, link, e) || (!link->failed && plan_claim_link(plan, link, e)))
			return e->code;
	}
	plan->blame = -1;
	return 0;
}
