/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the cluster of a context sees memory, where that is not as the loader does. An image is
 * linked for what its cores see; all that is planned is physical.
 */
#include "base/explain.h"
#include "boot/plan/parts.h"

static const struct board_view *find_view(const struct board_cluster *cluster,
					  const struct range *range)
{
	for (unsigned i = 0; i < cluster->views; i++) {
		const struct board_view *view = &cluster->view[i];
		const struct range seen = { view->at, view->range.size };

		if (range_contains(&seen, range))
			return view;
	}
	return NULL;
}

bool plan_see(const struct board_cluster *cluster, struct range *range)
{
	const struct board_view *view = find_view(cluster, range);

	if (!view)
		return !cluster->views;
	range->base += view->range.base - view->at;
	return true;
}

bool plan_sees_alike(const struct board_cluster *cluster, const struct range *range)
{
	struct range there = *range;

	return plan_see(cluster, &there) && there.base == range->base;
}

bool plan_leads_from_vectors(const struct plan *plan, const struct board_cluster *cluster)
{
	const phys_addr_t vectors = plan_seen(cluster, cluster->vectors.base);

	for (unsigned i = 0; cluster->vectors.size && i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];
		const struct image *image = &c->image[PLAN_MAIN].image;

		if (c->cluster == cluster && !c->failed &&
		    (image->entry != vectors || image->thumb))
			return true;
	}
	return false;
}

/* Where the table is, and where it is linked for; there may be none. */
static void move(const struct board_cluster *cluster, phys_addr_t *address)
{
	struct range byte = { *address, 1 };

	if (plan_see(cluster, &byte))
		*address = byte.base;
}

static bool is_held(const struct board_cluster *cluster, const struct range *range)
{
	const struct board_view *view = find_view(cluster, range);

	return view && range->size && cluster->held >> (view - cluster->view) & 1;
}

static int move_image(const struct board_cluster *cluster, struct image *image, struct error *e)
{
	for (unsigned i = 0; i < image->segments; i++) {
		struct range *to = &image->segment[i].to;

		if (is_held(cluster, to))
			return error_set(
				e, E_OUTSIDE_MAP,
				"image %s: 0x%llx..0x%llx can't be written while %s is in reset",
				image->name, (unsigned long long)to->base,
				(unsigned long long)range_end(*to), cluster->name);
		if (plan_see(cluster, to))
			continue;
		error_set(e, E_OUTSIDE_VIEW, "image %s: 0x%llx..0x%llx is nothing that %s sees",
			  image->name, (unsigned long long)to->base,
			  (unsigned long long)range_end(*to), cluster->name);
		for (unsigned k = 0; advises() && k < cluster->views; k++)
			error_explain(e, "%s 0x%llx..0x%llx", k ? "," : "; that is",
				      (unsigned long long)cluster->view[k].at,
				      (unsigned long long)(cluster->view[k].at +
							   cluster->view[k].range.size));
		return e->code;
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

phys_addr_t plan_seen(const struct board_cluster *cluster, phys_addr_t address)
{
	for (unsigned i = 0; i < cluster->views; i++) {
		const struct board_view *view = &cluster->view[i];

		if (address - view->range.base < view->range.size)
			return view->at + (address - view->range.base);
	}
	return address;
}

/* Both ends of @link have to see @range where it is. */
static int see_alike(const struct plan_link *link, const struct range *range, struct error *e)
{
	for (unsigned k = 0; range->size && k < 2; k++) {
		const struct board_cluster *cluster = link->end[k]->cluster;

		if (!plan_sees_alike(cluster, range))
			return error_set(e, E_OUTSIDE_VIEW,
					 "memory 0x%llx..0x%llx is not what %s sees there",
					 (unsigned long long)range->base,
					 (unsigned long long)range_end(*range), cluster->name);
	}
	return 0;
}

int plan_view_link(const struct plan_link *link, bool by_resource, struct error *e)
{
	if (see_alike(link, &link->manifest->memory, e))
		return e->code;
	for (unsigned i = 0; i < LINK_PLACES; i++) {
		const struct range part = link_part_range(&link->part[i]);

		if (see_alike(link, &part, e))
			return e->code;
	}
	for (unsigned k = 0; by_resource && k < 2; k++)
		if (see_alike(link, &link->end[k]->table_home, e) ||
		    see_alike(link, &link->end[k]->table_pristine, e))
			return e->code;
	return see_alike(link, &link->page, e);
}
