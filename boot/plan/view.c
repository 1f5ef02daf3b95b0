/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the cluster of a context sees memory, where that is not as the loader does. An image is
 * linked for what its cores see; all that is planned is physical.
 */
#include "boot/plan/parts.h"

bool plan_see(const struct board_cluster *cluster, struct range *range)
{
	for (unsigned i = 0; i < cluster->views; i++) {
		const struct board_view *view = &cluster->view[i];
		const struct range seen = { view->at, view->range.size };

		if (!range_contains(&seen, range))
			continue;
		range->base += view->range.base - view->at;
		return true;
	}
	return !cluster->views;
}

bool plan_sees_alike(const struct board_cluster *cluster, const struct range *range)
{
	struct range there = *range;

	return plan_see(cluster, &there) && there.base == range->base;
}

/* Where the table is, and where it is linked for; there may be none. */
static void move(const struct board_cluster *cluster, phys_addr_t *address)
{
	struct range byte = { *address, 1 };

	if (plan_see(cluster, &byte))
		*address = byte.base;
}

static int move_image(const struct board_cluster *cluster, struct image *image, struct error *e)
{
	for (unsigned i = 0; i < image->segments; i++) {
		struct range *to = &image->segment[i].to;

		if (!plan_see(cluster, to))
			return error_set(e, E_OUTSIDE_VIEW,
					 "image %s: 0x%llx..0x%llx is nothing that %s sees",
					 image->name, (unsigned long long)to->base,
					 (unsigned long long)range_end(*to), cluster->name);
	}
	if (image->table.size) {
		move(cluster, &image->table_address);
		move(cluster, &image->table_linked);
	}
	return 0;
}

int plan_view(struct plan_context *context, struct error *e)
{
	for (unsigned i = 0; i < PLAN_IMAGES; i++)
		if (context->image[i].present &&
		    move_image(context->cluster, &context->image[i].image, e))
			return e->code;
	return 0;
}

int plan_view_link(const struct plan_link *link, struct error *e)
{
	const struct range *memory = &link->manifest->memory;

	for (unsigned i = 0; memory->size && i < 2; i++) {
		const struct board_cluster *cluster = link->end[i]->cluster;

		if (!plan_sees_alike(cluster, memory))
			return error_set(e, E_OUTSIDE_VIEW,
					 "memory 0x%llx..0x%llx is not what %s sees there",
					 (unsigned long long)memory->base,
					 (unsigned long long)range_end(*memory), cluster->name);
	}
	return 0;
}
