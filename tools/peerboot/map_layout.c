/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where everything is drawn. Addresses go down from the top; the height of what lies between two
 * edges grows with the logarithm of its size, so that a page and 100 MiB are both legible.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/peerboot/map.h"

#define MARGIN	     24
#define TOP	     118 /* title, error, legend */
#define TITLE	     26	 /* of a region */
#define ADDRESSES    92	 /* width of the column of addresses, left of each region */
#define FLASH_WIDTH  380
#define RAM_WIDTH    470
#define LANE_WIDTH   220 /* for each further box beside another */
#define CLASH_WIDTH  330 /* right of everything, only if there is one */
#define CLASH_HEIGHT 45	 /* of what is said of one */
#define LABEL_WIDTH  150 /* of a box that has boxes inside: its own name is left of them */
#define INSET	     4
#define BOTTOM	     40

#define ROW  22 /* the least that text takes */
#define GAP  30 /* what nobody has claimed */
#define THIN 9	/* a few bytes between boxes inside a box */

static int compare_edges(const void *a, const void *b)
{
	const struct map_edge *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

/* Where Linux's memory ends, a gap is somebody else's. */
static unsigned add_linux_edges(struct map_region *region, const struct plan *plan, unsigned count)
{
	const struct manifest_context *m;

	if (plan->linux_context < 0)
		return count;
	m = plan->context[plan->linux_context].manifest;
	for (unsigned i = 0; i < m->memories; i++) {
		if (!range_contains(&region->range, &m->memory[i]))
			continue;
		region->edge[count++].address = m->memory[i].base;
		region->edge[count++].address = range_end(m->memory[i]);
	}
	return count;
}

static void find_edges(struct map_region *region, const struct plan *plan)
{
	struct map_edge *edge = region->edge;
	unsigned count = 0;

	edge[count++].address = region->range.base;
	edge[count++].address = range_end(region->range);
	for (unsigned i = 0; i < region->boxes; i++) {
		edge[count++].address = region->box[i].range.base;
		edge[count++].address = range_end(region->box[i].range);
	}
	count = add_linux_edges(region, plan, count);
	qsort(edge, count, sizeof(*edge), compare_edges);
	region->edges = 0;
	for (unsigned i = 0; i < count; i++)
		if (!i || edge[i].address != edge[region->edges - 1].address)
			edge[region->edges++] = edge[i];
}

static int logarithm(uint64_t size)
{
	int bits = 0;

	while (size >>= 1)
		bits++;
	return bits;
}

static int height(const struct map_region *region, struct range r)
{
	bool covered = false, leaf = false;
	int pages = logarithm(r.size) - 12;

	for (unsigned i = 0; i < region->boxes; i++) {
		const struct map_box *box = &region->box[i];

		if (!range_overlaps(&box->range, &r))
			continue;
		covered = true;
		leaf |= !box->parts;
	}
	if (leaf)
		return ROW + (pages > 0 ? 3 * pages : 0);
	if (!covered)
		return GAP;
	return pages < 0 ? THIN : ROW;
}

/* Gives every edge its y; returns the region's height. */
static int stack_edges(struct map_region *region)
{
	int y = region->place.y;

	for (unsigned i = 0; i < region->edges; i++) {
		struct map_edge *edge = &region->edge[i];

		if (i)
			y += height(region, (struct range){ edge[-1].address,
							    edge->address - edge[-1].address });
		edge->y = y;
	}
	return y - region->place.y;
}

int map_y(const struct map_region *region, phys_addr_t address)
{
	for (unsigned i = 0; i < region->edges; i++)
		if (region->edge[i].address == address)
			return region->edge[i].y;
	return region->place.y;
}

/* Boxes of one parent that have addresses in common, directly or by others, share the width. */
static void share_lanes(struct map_region *region, const unsigned *box, unsigned count)
{
	phys_addr_t lane_end[MAP_BOXES];
	unsigned lanes = 0;

	for (unsigned i = 0; i < count; i++) {
		struct map_box *b = &region->box[box[i]];
		unsigned lane = 0;

		while (lane < lanes && lane_end[lane] > b->range.base)
			lane++;
		if (lane == lanes)
			lanes++;
		lane_end[lane] = range_end(b->range);
		b->lane = lane;
	}
	for (unsigned i = 0; i < count; i++)
		region->box[box[i]].lanes = lanes;
}

/* The boxes of @parent by address, in groups that meet. */
static void find_lanes(struct map_region *region, int parent)
{
	unsigned order[MAP_BOXES], count = 0, first = 0;
	phys_addr_t end = 0;

	for (unsigned i = 0; i < region->boxes; i++) {
		unsigned at = count;

		if (region->box[i].parent != parent)
			continue;
		for (; at > 0 && region->box[order[at - 1]].range.base > region->box[i].range.base;
		     at--)
			order[at] = order[at - 1];
		order[at] = i;
		count++;
	}
	for (unsigned i = 0; i < count; i++) {
		const struct range *r = &region->box[order[i]].range;

		if (i > first && r->base >= end) {
			share_lanes(region, order + first, i - first);
			first = i;
		}
		if (range_end(*r) > end)
			end = range_end(*r);
	}
	share_lanes(region, order + first, count - first);
}

static void place_box(struct map_region *region, struct map_box *box)
{
	struct map_place in = region->place;

	if (box->parent >= 0) {
		in = region->box[box->parent].place;
		int label = in.width / 2 < LABEL_WIDTH ? in.width * 2 / 5 : LABEL_WIDTH;

		in.x += label;
		in.width -= label + INSET;
	}
	box->place.width = in.width / (int)box->lanes;
	box->place.x = in.x + (int)box->lane * box->place.width;
	box->place.y = map_y(region, box->range.base);
	box->place.height = map_y(region, range_end(box->range)) - box->place.y;
}

static unsigned most_lanes(const struct map_region *region)
{
	unsigned most = 1;

	for (unsigned i = 0; i < region->boxes; i++)
		if (region->box[i].lanes > most)
			most = region->box[i].lanes;
	return most;
}

static void place_region(struct map_region *region, const struct plan *plan)
{
	find_edges(region, plan);
	region->place.height = stack_edges(region);
	find_lanes(region, -1);
	for (unsigned i = 0; i < region->boxes; i++)
		if (region->box[i].parts)
			find_lanes(region, (int)i);
	region->place.width += LANE_WIDTH * (int)(most_lanes(region) - 1);
	for (unsigned i = 0; i < region->boxes; i++)
		place_box(region, &region->box[i]);
}

/* Each beside its bytes if it can be, or below the one before. Returns where the last ends. */
static int place_clashes(struct map *map)
{
	int from = 0;

	for (unsigned i = 0; i < map->clashes; i++) {
		struct map_clash *clash = &map->clash[i];
		int y = (map_y(clash->region, clash->range.base) +
			 map_y(clash->region, range_end(clash->range))) /
			2;

		clash->y = y > from ? y : from;
		from = clash->y + CLASH_HEIGHT;
	}
	return from;
}

/* Flash left, everything else below each other at its right. */
void map_layout(struct map *map)
{
	int x = MARGIN + ADDRESSES, y = TOP + TITLE, right = 0, bottom = 0;

	for (unsigned i = 0; i < map->regions; i++) {
		struct map_region *region = &map->region[i];

		region->place = (struct map_place){ x, y, i ? RAM_WIDTH : FLASH_WIDTH, 0 };
		place_region(region, map->plan);
		y += region->place.height;
		if (y > bottom)
			bottom = y;
		if (x + region->place.width > right)
			right = x + region->place.width;
		if (i) {
			y += 2 * TITLE;
			continue;
		}
		x += region->place.width + ADDRESSES + MARGIN;
		y = TOP + TITLE;
	}
	if (place_clashes(map) > bottom)
		bottom = place_clashes(map);
	map->width = right + MARGIN + (map->clashes ? CLASH_WIDTH : 0);
	if (map->width < (int)strlen(map->verdict) * MAP_CHARACTER + 2 * MARGIN)
		map->width = (int)strlen(map->verdict) * MAP_CHARACTER + 2 * MARGIN;
	map->height = bottom + BOTTOM + (int)map->views * MAP_LINE;
}
