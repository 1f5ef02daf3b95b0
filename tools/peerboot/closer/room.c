/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regions of /reserved-memory without a place of their own: Linux looks for one, and where all that
 * may be theirs is somebody else's, it goes on without, and who refers to them fails.
 */
#include <string.h>

#include <libfdt.h>

#include "fdt/board_tree.h"
#include "fdt/cells.h"
#include "tools/peerboot/closer/closer.h"

#define PAGE 4096u

/* Room in a tree's memory, @with what the plan has put there or without. */
struct room {
	const struct closer *c;
	const struct range *memory;
	unsigned memories;
	bool with;
	uint64_t size, align;
	struct range place; /* that is looked at */
	phys_addr_t behind; /* the end of who is there; 0: nobody */
};

static bool is_ours(const struct closer *c, const struct range *r)
{
	for (unsigned i = 0; i < c->plan->tree.reserved_count; i++)
		if (range_overlaps(&c->plan->reserved[i].range, r))
			return true;
	return false;
}

static void find_end(struct room *room, const struct range *r)
{
	if (range_overlaps(&room->place, r) && range_end(*r) > room->behind)
		room->behind = range_end(*r);
}

static int find_taken(void *arg, const struct tree_region *r)
{
	struct room *room = arg;

	if (room->with || !is_ours(room->c, &r->range))
		find_end(room, &r->range);
	return 0;
}

/* What reaches the end of all addresses is not told from nobody. */
static phys_addr_t end_of_taken(struct room *room)
{
	room->behind = 0;
	board_tree_regions(room->c->tree, find_taken, room);
	if (room->with) {
		find_end(room, &room->c->plan->tree.initrd);
		find_end(room, &room->c->plan->fdt);
	}
	return room->behind;
}

static bool is_in(struct room *room, phys_addr_t base, phys_addr_t end)
{
	for (;;) {
		const phys_addr_t at = (base + room->align - 1) & ~(room->align - 1);

		if (at < base || !range_make(&room->place, at, room->size) ||
		    range_end(room->place) > end)
			return false;
		base = end_of_taken(room);
		if (!base)
			return true;
	}
}

static bool is_within(struct room *room, const struct range *in)
{
	for (unsigned i = 0; i < room->memories; i++) {
		const struct range *m = &room->memory[i];

		if (range_overlaps(m, in) &&
		    is_in(room, m->base > in->base ? m->base : in->base,
			  range_end(*m) < range_end(*in) ? range_end(*m) : range_end(*in)))
			return true;
	}
	return false;
}

static bool has_room(struct room *room, struct bytes in, const struct cells *cells)
{
	struct range r = { 0, UINT64_MAX };
	bool found = !in.data && is_within(room, &r);

	while (!found && in.size && range_take(&in, cells, &r))
		found = is_within(room, &r);
	return found;
}

/*
 * As drivers/of/of_reserved_mem.c, __reserved_mem_alloc_size(), finds it a place: after all that
 * have theirs. That Linux itself lies somewhere, and others are looking too, is not counted.
 */
static int check_region(struct room *room, int node, const struct cells *cells)
{
	static const char *const names[] = { "size", "alignment", "alloc-ranges", "reg" };
	static struct range source[BOARD_TREE_MEMORIES], own[BOARD_TREE_MEMORIES];
	const struct closer *c = room->c;
	const struct bytes tree = { c->tree, fdt_totalsize(c->tree) };
	struct error unused = { 0 };
	struct bytes value[4];
	unsigned sources, owns;

	properties_get(c->tree, node, names, 4, value);
	if (value[3].data || value[0].size != 4 * cells->size)
		return 0;
	room->size = cells_get(value[0].data, cells->size);
	room->align = value[1].size == 4 * cells->address ?
			      cells_get(value[1].data, cells->address) :
			      PAGE;
	if (room->align < PAGE || room->align & (room->align - 1))
		room->align = PAGE;
	if (!room->size || board_tree_memory(c->plan->fdt_source, source, &sources, &unused) ||
	    board_tree_memory(tree, own, &owns, &unused))
		return 0;
	room->memory = own, room->memories = owns, room->with = true;
	if (has_room(room, value[2], cells))
		return 0;
	room->memory = source, room->memories = sources, room->with = false;
	if (!has_room(room, value[2], cells)) /* nor has it without us */
		return 0;
	return error_set(c->e, E_OVERLAP,
			 "%s: contexts leave no room for its 0x%llx bytes where they may be",
			 fdt_get_name(c->tree, node, NULL), (unsigned long long)room->size);
}

int closer_room(struct closer *c)
{
	const int parent = fdt_subnode_offset(c->tree, 0, "reserved-memory");
	struct room room = { .c = c };
	struct cells cells;
	int node;

	if (parent < 0 || !cells_of(c->tree, 0, &cells) || !cells.size)
		return 0;
	fdt_for_each_subnode(node, c->tree, parent)
		if (node_is_available(c->tree, node) && check_region(&room, node, &cells))
			return c->e->code;
	return 0;
}
